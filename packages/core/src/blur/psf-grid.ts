import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { Psf } from './psf.ts';
import { validatePsf } from './validate-psf.ts';

/**
 * PSFs that vary over a picture: the picture is cut into columns × rows equal cells, and each PSF holds at the centre of its cell.
 * Between centres PSFs are interpolated bilinearly; beyond the outermost centres they stay as they are.
 */
export interface PsfGrid {
  /** Cells across, ≥ 1. */
  readonly columns: number;
  /** Cells down, ≥ 1. */
  readonly rows: number;
  /** `rows × columns` PSFs, row after row. */
  readonly psfs: readonly Psf[];
}

/** @throws InvalidArgumentError if the number of PSFs does not fit or one of them is not a PSF */
export function validatePsfGrid({ columns, rows, psfs }: PsfGrid): void {
  if (!Number.isInteger(columns) || !Number.isInteger(rows) || columns < 1 || rows < 1 || psfs.length !== columns * rows) {
    throw new InvalidArgumentError(`A grid of ${columns}×${rows} cells with ${psfs.length} PSFs does not fit together.`);
  }
  psfs.forEach(validatePsf);
}

/** How much the cell at `index` of `count` counts at each position of an axis, and where that is not nothing. */
export interface CellWeights {
  /** First position that counts. */
  readonly start: number;
  /** Weights in [0,1] from `start`. */
  readonly weights: Float32Array;
}

/** Bilinear weights of the cells along one axis; at every position they sum to 1. */
export function cellWeights(length: number, count: number): CellWeights[] {
  const weightAt = (index: number, position: number): number => {
    const cell = Math.min(count - 1, Math.max(0, ((position + 0.5) * count) / length - 0.5));
    return Math.max(0, 1 - Math.abs(cell - index));
  };
  return Array.from({ length: count }, (_, index) => {
    let start = 0;
    while (start < length && weightAt(index, start) === 0) start++;
    let end = start;
    while (end < length && weightAt(index, end) > 0) end++;
    return { start, weights: Float32Array.from({ length: end - start }, (_, i) => weightAt(index, start + i)) };
  });
}
