import { checkGridShape, cellAreas, fillCells } from './grid-cells.ts';
import type { PsfGrid } from '../../blur/psf-grid.ts';
import { InvalidArgumentError } from '../../errors/invalid-argument-error.ts';
import { crop } from '../../image/crop.ts';
import type { PixelImage } from '../../image/pixel-image.ts';
import { validateImage } from '../../image/validate-image.ts';
import type { BlindEstimate, BlindOptions } from './blind-estimate.ts';
import { estimateBlindPsf } from './estimate-blind-psf.ts';

/** How to estimate a blur that varies over the picture. */
export interface PsfGridOptions extends BlindOptions {
  /** Cells across, 1 to 64. */
  readonly columns: number;
  /** Cells down, 1 to 64. */
  readonly rows: number;
  /** Cells with less confidence are filled from their neighbours, 0 to 1. Default 0.5. */
  readonly leastConfidence?: number;
}

/** What a picture says about a blur that varies over it. */
export interface PsfGridEstimate {
  /** PSFs of all cells, on squares of one size with the centre of gravity in the middle; absent if no cell could be relied on. */
  readonly grid?: PsfGrid;
  /** Estimates of the cells, row after row, with windows in pixels of the whole picture. */
  readonly cells: readonly BlindEstimate[];
  /** Of each cell, row after row: whether its own estimate was taken. The others were filled from those. */
  readonly reliable: readonly boolean[];
  /** Why there is no grid, in words. */
  readonly refused?: string;
}

/**
 * Estimates the PSF in each cell of a grid from the cell and a quarter of its sides around it; cells that refuse or are not sure get
 * the mean of the others, weighted by the inverse square of the distance. Takes as long as one estimate for each cell.
 *
 * @example
 * const { grid } = await estimatePsfGrid(photo, { columns: 4, rows: 3 });
 * @throws InvalidArgumentError for a bad picture or option; AbortedError; OutOfMemoryError
 */
export async function estimatePsfGrid(image: PixelImage, options: PsfGridOptions): Promise<PsfGridEstimate> {
  const { columns, rows, leastConfidence = 0.5, onProgress, ...rest } = options;
  validateImage(image);
  checkGridShape(columns, rows, image);
  if (!(leastConfidence >= 0 && leastConfidence <= 1)) {
    throw new InvalidArgumentError(`leastConfidence is ${leastConfidence}; it must be a number from 0 to 1.`);
  }
  const areas = cellAreas(image, columns, rows);
  const cells: BlindEstimate[] = [];
  onProgress?.(0, areas.length);
  for (const area of areas) {
    const estimate = await estimateBlindPsf(crop(image, area), rest);
    const { left, top, ...size } = estimate.window;
    cells.push({ ...estimate, window: { left: left + area.left, top: top + area.top, ...size } });
    onProgress?.(cells.length, areas.length);
  }
  const reliable = cells.map(({ psf, confidence }) => psf !== undefined && confidence >= leastConfidence);
  if (!reliable.includes(true)) {
    return { cells, reliable, refused: 'No cell gave a PSF that can be relied on; use fewer cells, or one PSF for the whole picture.' };
  }
  return { grid: { columns, rows, psfs: fillCells(cells, reliable, columns) }, cells, reliable };
}
