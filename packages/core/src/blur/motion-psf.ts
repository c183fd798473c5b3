import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { checkPositive } from './check-positive.ts';
import { polygonCoverage } from './polygon-coverage.ts';
import type { Corner } from './polygon-coverage.ts';
import type { Psf } from './psf.ts';
import { psfFromArray } from './psf-from-array.ts';

/**
 * Uniform motion along a straight line: a line one pixel wide through the centre, each pixel weighted by the area of the line
 * inside it. Length and angle are continuous; an angle of 0 and a whole odd length give that many equal weights.
 *
 * @param length pixels, above 0, at most 2000
 * @param angle degrees, counter-clockwise from the x axis as seen on the screen; 30 and 210 are the same
 * @throws InvalidArgumentError for another length or an angle that is not finite
 */
export function motionPsf(length: number, angle: number): Psf {
  checkPositive('length of a motion PSF', length, 2000);
  if (!Number.isFinite(angle)) throw new InvalidArgumentError(`The angle of a motion PSF must be a number of degrees, not ${angle}.`);
  const turn = ((angle % 180) * Math.PI) / 180;
  const alongX = (Math.cos(turn) * length) / 2, alongY = (-Math.sin(turn) * length) / 2;
  const acrossX = Math.sin(turn) / 2, acrossY = Math.cos(turn) / 2;
  const line: Corner[] = [
    [alongX + acrossX, alongY + acrossY],
    [-alongX + acrossX, -alongY + acrossY],
    [-alongX - acrossX, -alongY - acrossY],
    [alongX - acrossX, alongY - acrossY],
  ];
  const reach = (extent: number): number => Math.max(0, Math.ceil(extent - 0.5 - 1e-9));
  const radiusX = reach(Math.abs(alongX) + Math.abs(acrossX));
  const radiusY = reach(Math.abs(alongY) + Math.abs(acrossY));
  const width = 2 * radiusX + 1;
  const height = 2 * radiusY + 1;
  const weights = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) weights[y * width + x] = polygonCoverage(line, x - radiusX, y - radiusY);
  }
  return psfFromArray(weights, { width, height });
}
