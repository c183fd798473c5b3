import type { PsfGrid } from './psf-grid.ts';
import { psfFromArray } from './psf-from-array.ts';
import type { Psf } from './psf.ts';

/** Position of the centre of a new cell among the centres of the old ones: the one before, and the share of the one after. */
function place(index: number, count: number, oldCount: number): { readonly before: number; readonly share: number } {
  const position = Math.min(oldCount - 1, Math.max(0, ((index + 0.5) * oldCount) / count - 0.5));
  const before = Math.min(Math.floor(position), Math.max(0, oldCount - 2));
  return { before, share: position - before };
}

/** A grid of more cells with the PSFs interpolated at their centres, as `PsfGrid` says; all of one size and centre. */
export function refinePsfGrid(grid: PsfGrid, columns: number, rows: number): PsfGrid {
  const most = (measure: (psf: Psf) => number): number => grid.psfs.reduce((value, psf) => Math.max(value, measure(psf)), 0);
  const centre = { x: most((psf) => psf.centre.x), y: most((psf) => psf.centre.y) };
  const width = centre.x + most((psf) => psf.width - psf.centre.x);
  const height = centre.y + most((psf) => psf.height - psf.centre.y);
  const psfs = Array.from({ length: columns * rows }, (_, cell) => {
    const across = place(cell % columns, columns, grid.columns);
    const down = place(Math.floor(cell / columns), rows, grid.rows);
    const weights = new Float64Array(width * height);
    for (const [dy, vertical] of [1 - down.share, down.share].entries()) {
      for (const [dx, horizontal] of [1 - across.share, across.share].entries()) {
        if (horizontal * vertical > 0) addPsf(weights, width, grid.psfs[(down.before + dy) * grid.columns + across.before + dx]!, horizontal * vertical, centre);
      }
    }
    return psfFromArray(weights, { width, height, centre });
  });
  return { columns, rows, psfs };
}

function addPsf(weights: Float64Array, stride: number, psf: Psf, share: number, centre: Psf['centre']): void {
  for (let y = 0; y < psf.height; y++) {
    const to = (y + centre.y - psf.centre.y) * stride + centre.x - psf.centre.x;
    for (let x = 0; x < psf.width; x++) weights[to + x]! += share * psf.data[y * psf.width + x]!;
  }
}
