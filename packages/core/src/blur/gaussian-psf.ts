import { checkPositive } from './check-positive.ts';
import type { Psf } from './psf.ts';
import { psfFromArray } from './psf-from-array.ts';

/**
 * A Gaussian, sampled at pixel centres out to 4σ and scaled to sum 1 (as scipy.ndimage.gaussian_filter does).
 *
 * @param sigma standard deviation in pixels, above 0, at most 255
 * @throws InvalidArgumentError for another sigma
 */
export function gaussianPsf(sigma: number): Psf {
  checkPositive('standard deviation of a Gaussian PSF', sigma, 255);
  const radius = Math.floor(4 * sigma + 0.5);
  const side = 2 * radius + 1;
  const line = Float64Array.from({ length: side }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)));
  const weights = Float64Array.from({ length: side * side }, (_, i) => line[i % side]! * line[Math.floor(i / side)]!);
  return psfFromArray(weights, { width: side, height: side });
}
