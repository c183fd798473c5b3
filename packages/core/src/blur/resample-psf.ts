import { checkPositive } from './check-positive.ts';
import type { Psf } from './psf.ts';
import { psfFromArray } from './psf-from-array.ts';
import { validatePsf } from './validate-psf.ts';

/** Weights of the source pixels in each target pixel along one axis: triangles as wide as the coarser of both grids. */
function axisWeights(length: number, centre: number, scale: number): { weights: Float64Array[]; centre: number } {
  const support = Math.max(1, 1 / scale);
  const reach = (distance: number): number => Math.ceil((distance + support) * scale - 1e-9) - 1;
  const before = Math.max(0, reach(centre));
  const after = Math.max(0, reach(length - 1 - centre));
  const weights = Array.from({ length: before + after + 1 }, (_, i) => {
    const position = centre + (i - before) / scale;
    return Float64Array.from({ length }, (_, j) => Math.max(0, 1 - Math.abs(j - position) / support));
  });
  return { weights, centre: before };
}

/**
 * The PSF of the same blur in a picture whose sides are `scale` times as long: interpolated or averaged linearly around its centre.
 *
 * @param scale above 0, at most 16
 * @throws InvalidArgumentError if it is not a PSF, for another scale, or if the result is longer than 2049 pixels
 */
export function resamplePsf(psf: Psf, scale: number): Psf {
  validatePsf(psf);
  checkPositive('scale of a PSF', scale, 16);
  const columns = axisWeights(psf.width, psf.centre.x, scale);
  const rows = axisWeights(psf.height, psf.centre.y, scale);
  const width = columns.weights.length;
  const height = rows.weights.length;
  const narrow = new Float64Array(width * psf.height);
  for (let y = 0; y < psf.height; y++) {
    columns.weights.forEach((weights, x) => {
      let sum = 0;
      for (let j = 0; j < psf.width; j++) sum += weights[j]! * psf.data[y * psf.width + j]!;
      narrow[y * width + x] = sum;
    });
  }
  const result = new Float64Array(width * height);
  rows.weights.forEach((weights, y) => {
    for (let j = 0; j < psf.height; j++) {
      if (weights[j] === 0) continue;
      for (let x = 0; x < width; x++) result[y * width + x]! += weights[j]! * narrow[j * width + x]!;
    }
  });
  return psfFromArray(result, { width, height, centre: { x: columns.centre, y: rows.centre } });
}
