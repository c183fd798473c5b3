import type { PlaneSize } from '../../deconvolution/plane-size.ts';

/**
 * Replaces a plane x by Dᵀ·h(D·x), in place: forward differences on the torus, of which those with a squared length below `least` are
 * set to 0, and the transposed differences.
 */
export function flattenGradients(plane: Float32Array, { width, height }: PlaneSize, least: number): void {
  const first = plane.slice(0, width);
  const across = new Float32Array(width);
  const down = new Float32Array(width);
  const above = new Float32Array(width);

  /** The differences of a row that are kept; `next` holds the row below from `offset`. */
  function keep(row: number, next: Float32Array, offset: number): void {
    let here = plane[row]!;
    const start = here;
    for (let x = 0; x < width; x++) {
      const right = x === width - 1 ? start : plane[row + x + 1]!;
      const dx = right - here;
      const dy = next[offset + x]! - here;
      const kept = dx * dx + dy * dy >= least;
      across[x] = kept ? dx : 0;
      down[x] = kept ? dy : 0;
      here = right;
    }
  }

  keep((height - 1) * width, first, 0);
  above.set(down);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    if (y === height - 1) keep(row, first, 0);
    else keep(row, plane, row + width);
    let before = across[width - 1]!;
    for (let x = 0; x < width; x++) {
      const after = across[x]!;
      plane[row + x] = before - after + above[x]! - down[x]!;
      before = after;
    }
    above.set(down);
  }
}
