import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { Psf } from './psf.ts';
import { psfFromArray } from './psf-from-array.ts';
import { validatePsf } from './validate-psf.ts';

/** Bilinear value at (x, y), zero outside. */
function sample({ width, height, data }: Psf, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  let sum = 0;
  for (let row = top; row <= top + 1; row++) {
    for (let column = left; column <= left + 1; column++) {
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      sum += (1 - Math.abs(x - column)) * (1 - Math.abs(y - row)) * data[row * width + column]!;
    }
  }
  return sum;
}

/** Removes what rounding leaves of an exact quarter turn. */
const tidy = (value: number): number => (Math.abs(value - Math.round(value)) < 1e-12 ? Math.round(value) : value);

/**
 * The PSF turned about its centre, bilinearly interpolated, on an array that holds all of it with the centre in the middle.
 * Quarter turns are exact.
 *
 * @param angle degrees, counter-clockwise as seen on the screen
 * @throws InvalidArgumentError if it is not a PSF, the angle not finite, or the result longer than 2049 pixels
 */
export function rotatePsf(psf: Psf, angle: number): Psf {
  validatePsf(psf);
  if (!Number.isFinite(angle)) throw new InvalidArgumentError(`The angle must be a number of degrees, not ${angle}.`);
  const cosine = tidy(Math.cos((angle * Math.PI) / 180));
  const sine = tidy(Math.sin((angle * Math.PI) / 180));
  const { centre } = psf;
  const sides = { x: Math.max(centre.x, psf.width - 1 - centre.x), y: Math.max(centre.y, psf.height - 1 - centre.y) };
  const radiusX = Math.ceil(tidy(Math.abs(cosine) * sides.x + Math.abs(sine) * sides.y));
  const radiusY = Math.ceil(tidy(Math.abs(sine) * sides.x + Math.abs(cosine) * sides.y));
  const width = 2 * radiusX + 1;
  const height = 2 * radiusY + 1;
  const weights = Float64Array.from({ length: width * height }, (_, i) => {
    const x = (i % width) - radiusX;
    const y = Math.floor(i / width) - radiusY;
    return sample(psf, centre.x + cosine * x - sine * y, centre.y + sine * x + cosine * y);
  });
  return psfFromArray(weights, { width, height });
}
