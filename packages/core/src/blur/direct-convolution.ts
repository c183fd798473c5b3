import type { Psf } from './psf.ts';

/**
 * Convolves a patch that includes what the PSF reaches: patch sides are region sides + PSF sides - 1. Sums in double precision.
 *
 * @param target `height` rows of `width` values, written from index `start`, `stride` apart
 */
export function convolvePatch(
  patch: Float32Array, psf: Psf, width: number, height: number, target: Float32Array, start: number, stride: number,
): void {
  const patchWidth = width + psf.width - 1;
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let row = 0, tap = 0; row < psf.height; row++) {
      const end = (y + psf.height - 1 - row) * patchWidth + psf.width - 1;
      for (let column = 0; column < psf.width; column++, tap++) {
        const weight = psf.data[tap]!;
        if (weight === 0) continue;
        const from = end - column;
        for (let x = 0; x < width; x++) sums[x]! += weight * patch[from + x]!;
      }
    }
    target.set(sums, start + y * stride);
  }
}
