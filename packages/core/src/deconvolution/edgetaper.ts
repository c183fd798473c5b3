import { createPlaneConvolver } from '../blur/plane-convolver.ts';
import type { Psf } from '../blur/psf.ts';
import { validatePsf } from '../blur/validate-psf.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { PlaneSize } from './plane-size.ts';

/** 1 minus the normalised autocorrelation of a profile, by distance from the nearer end of a line. */
function taper(profile: Float64Array, length: number): Float64Array {
  const correlation = (lag: number): number => {
    let sum = 0;
    for (let i = lag; i < profile.length; i++) sum += profile[i]! * profile[i - lag]!;
    return sum;
  };
  const peak = correlation(0);
  return Float64Array.from({ length }, (_, i) => 1 - correlation(Math.min(i, length - 1 - i)) / peak);
}

/**
 * Blends a plane towards its own circular blur along the edges, so that circular deconvolution sees no jump there. The blend follows
 * the autocorrelation of the PSF (Reeves, "Fast image restoration without boundary artifacts", 2005; MATLAB's `edgetaper`).
 * `wrapBoundary` rings less; this one needs no further pixels.
 *
 * @param values `height × width` values, row after row
 * @throws InvalidArgumentError if the size does not fit, or the PSF is larger than the plane
 */
export async function edgetaper(values: Float32Array, { width, height }: PlaneSize, psf: Psf): Promise<Float32Array> {
  validatePsf(psf);
  if (values.length !== width * height) {
    throw new InvalidArgumentError(`A plane of ${width}×${height} has ${width * height} values, not ${values.length}.`);
  }
  if (psf.width > width || psf.height > height) {
    throw new InvalidArgumentError(`The PSF of ${psf.width}×${psf.height} is larger than the plane of ${width}×${height}.`);
  }
  const taps = psf.data.reduce((count, weight) => count + (weight === 0 ? 0 : 1), 0);
  const convolver = await createPlaneConvolver({ width, height, psfWidth: psf.width, psfHeight: psf.height, taps });
  convolver.load(psf);
  const blurred = convolver.convolve({ data: values, width, height }, 'wrap', { x: 0, y: 0, width, height });
  convolver.dispose();

  const columns = new Float64Array(psf.width);
  const rows = new Float64Array(psf.height);
  psf.data.forEach((weight, i) => {
    columns[i % psf.width]! += weight;
    rows[Math.floor(i / psf.width)]! += weight;
  });
  const across = taper(columns, width);
  const down = taper(rows, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      blurred[i]! += across[x]! * down[y]! * (values[i]! - blurred[i]!);
    }
  }
  return blurred;
}
