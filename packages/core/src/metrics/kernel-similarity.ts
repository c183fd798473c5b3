import type { Psf } from '../blur/psf.ts';
import { validatePsf } from '../blur/validate-psf.ts';

/**
 * How alike two PSFs are, wherever they lie: the largest normalised cross-correlation over all whole-pixel shifts, max Σ a[q]·b[q + s]
 * / (|a|·|b|), from 0 to 1 (Hu and Yang, "Good regions to deblur", ECCV 2012, eq. 8). Centres do not matter.
 *
 * @throws InvalidArgumentError if one is not a PSF
 */
export function kernelSimilarity(a: Psf, b: Psf): number {
  validatePsf(a);
  validatePsf(b);
  let energyA = 0;
  let energyB = 0;
  for (const value of a.data) energyA += value * value;
  for (const value of b.data) energyB += value * value;
  const width = a.width + b.width - 1;
  const correlation = new Float64Array(width * (a.height + b.height - 1));
  b.data.forEach((weight, i) => {
    if (weight === 0) return;
    const left = b.width - 1 - (i % b.width);
    const top = b.height - 1 - Math.floor(i / b.width);
    for (let y = 0; y < a.height; y++) {
      const row = (y + top) * width + left;
      for (let x = 0; x < a.width; x++) correlation[row + x]! += weight * a.data[y * a.width + x]!;
    }
  });
  return Math.min(1, correlation.reduce((most, value) => Math.max(most, value), 0) / Math.sqrt(energyA * energyB));
}
