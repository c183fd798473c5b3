import type { Psf } from './psf.ts';
import { psfFromArray } from './psf-from-array.ts';
import { validatePsf } from './validate-psf.ts';

/**
 * The PSF of two blurs one after the other: their convolution, as large as both together.
 *
 * @throws InvalidArgumentError if one is not a PSF or the result is longer than 2049 pixels
 */
export function composePsfs(first: Psf, second: Psf): Psf {
  validatePsf(first);
  validatePsf(second);
  const width = first.width + second.width - 1;
  const height = first.height + second.height - 1;
  const weights = new Float64Array(width * height);
  first.data.forEach((weight, i) => {
    if (weight === 0) return;
    const start = Math.floor(i / first.width) * width + (i % first.width);
    for (let y = 0, j = 0; y < second.height; y++) {
      for (let x = 0; x < second.width; x++, j++) weights[start + y * width + x]! += weight * second.data[j]!;
    }
  });
  const centre = { x: first.centre.x + second.centre.x, y: first.centre.y + second.centre.y };
  return psfFromArray(weights, { width, height, centre });
}
