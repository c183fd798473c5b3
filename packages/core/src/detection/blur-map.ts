import { noiseVariance } from '../blur/structure-function.ts';
import { createPacer } from '../deconvolution/pacer.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { fillCells, spreadCells } from './cells.ts';
import type { CellGrid } from './cells.ts';
import { sumDifferences } from './cell-differences.ts';
import { workingPlane } from './working-plane.ts';

/** Options of `blurMap`. */
export interface BlurMapOptions {
  /** Side of the square cells in pixels of the picture: a whole number ≥ 8. Default 32, for large pictures 32 reduced pixels. */
  readonly cell?: number;
  readonly signal?: AbortSignal;
}

/** How wide the blur is from place to place. */
export interface BlurMap {
  /** Cells per row: ⌈picture width / cell⌉. */
  readonly width: number;
  /** Rows of cells: ⌈picture height / cell⌉. */
  readonly height: number;
  /** Side of the cells in pixels of the picture; the last column and row may reach beyond it. */
  readonly cell: number;
  /** Size of the picture in pixels. */
  readonly imageWidth: number;
  readonly imageHeight: number;
  /** Blur width in pixels of the picture, height × width values, the upper left cell first; 0 where it is sharp. */
  readonly data: Float32Array;
  /** 1 where the width was measured, 0 where there was no texture and it was filled in from the nearest measured cells. */
  readonly measured: Uint8Array;
}

const steps = [1, 2, 3, 4, 6, 8, 11, 16, 22, 32] as const;
const directions = [{ x: 1, y: 0 }, { x: 0, y: 1 }, { x: 1, y: 1 }, { x: 1, y: -1 }] as const;
/** Growth exponent of squared differences that separates blurred from resolved distances, as in `estimateBlurWidth`. */
const threshold = 1.25;
/** Mean squared difference below which a cell says nothing: three 8-bit levels. */
const leastContrast = (3 / 255) ** 2;
const floor = 1e-3 / 255 ** 2;
/** Mean squared difference of two values rounded to 8 bits. */
const rounding = 2 / (12 * 255 ** 2);

/**
 * The distance at which squared differences stop growing faster than distance^threshold. Undefined if they never do, as in skies, or if
 * they are too small beside the noise to tell.
 */
function localWidth(lags: readonly number[], differences: readonly number[], noise: number): number | undefined {
  if (Math.max(...differences) < leastContrast) return undefined;
  let before: { place: number; slope: number } | undefined;
  for (let i = 1; i < lags.length; i++) {
    if (differences[i - 1]! < noise) continue;
    const place = Math.log(lags[i]! * lags[i - 1]!) / 2;
    const slope = Math.log(differences[i]! / differences[i - 1]!) / Math.log(lags[i]! / lags[i - 1]!);
    if (slope < threshold) {
      if (!before) return i === 1 ? 0 : undefined;
      return Math.exp(before.place + ((before.slope - threshold) / (before.slope - slope)) * (place - before.place));
    }
    before = { place, slope };
  }
  return undefined;
}

function checkCell(cell: number | undefined): void {
  if (cell === undefined || (Number.isInteger(cell) && cell >= 8)) return;
  throw new InvalidArgumentError(`cell is ${cell}; it must be a whole number of pixels ≥ 8.`);
}

/**
 * A map of the blur width over the picture, in the unit of `estimateBlurWidth`: √12 times the standard deviation of the PSF, in the
 * widest of four directions. In each cell, with its neighbours at half weight, mean squared differences of luma are taken at
 * distances up to 32 pixels (of the reduced picture, see `measureBlur`); the width is where they stop growing fast. Widths
 * above about 25 such pixels cannot be seen. Cells without texture are filled in from the nearest others; a picture without any is 0 throughout.
 *
 * @throws InvalidArgumentError if the image is no valid PixelImage, a sample is not finite, or `cell` is not usable; AbortedError
 */
export async function blurMap(image: PixelImage, options: BlurMapOptions = {}): Promise<BlurMap> {
  checkCell(options.cell);
  const pace = createPacer(options.signal);
  const plane = await workingPlane(image, pace);
  const { reduction } = plane;
  const cell = options.cell ?? 32 * reduction;
  const grid: CellGrid = { width: Math.ceil(image.width / cell), height: Math.ceil(image.height / cell), side: cell / reduction };
  const cells = grid.width * grid.height;
  const noise = 2 * noiseVariance(plane);
  const widest = new Float32Array(cells);
  const measured = new Uint8Array(cells);
  for (const direction of directions) {
    const unit = Math.hypot(direction.x, direction.y);
    const lags: number[] = [];
    const columns: Float64Array[] = [];
    for (const step of steps) {
      await pace();
      const sums = sumDifferences(plane, direction, step, grid);
      if (!sums) break;
      lags.push(step * unit);
      columns.push(spreadCells(sums.squares, grid).map((sum, i) => Math.max(floor, sum - noise * sums.spreadCounts[i]!) / Math.max(1, sums.spreadCounts[i]!)));
    }
    for (let i = 0; i < cells; i++) {
      const width = localWidth(lags, columns.map((column) => column[i]!), 2 * (noise + rounding));
      if (width === undefined) continue;
      measured[i] = 1;
      widest[i] = Math.max(widest[i]!, width * reduction);
    }
  }
  return {
    width: grid.width,
    height: grid.height,
    cell,
    imageWidth: image.width,
    imageHeight: image.height,
    data: fillCells(widest, measured, grid),
    measured,
  };
}
