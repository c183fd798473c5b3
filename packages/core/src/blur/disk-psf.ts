import { checkPositive } from './check-positive.ts';
import type { Psf } from './psf.ts';
import { psfFromArray } from './psf-from-array.ts';

/** Area of a disk around the origin inside the rectangle from the origin to (x, y), negative in two of the quadrants. */
function cornerArea(radius: number, x: number, y: number): number {
  const sign = Math.sign(x) * Math.sign(y);
  const width = Math.min(Math.abs(x), radius);
  const height = Math.min(Math.abs(y), radius);
  if (width * width + height * height <= radius * radius) return sign * width * height;
  const underArc = (t: number): number => (t * Math.sqrt(Math.max(0, radius * radius - t * t)) + radius * radius * Math.asin(t / radius)) / 2;
  const flat = Math.sqrt(radius * radius - height * height);
  return sign * (height * flat + underArc(width) - underArc(flat));
}

/**
 * Defocus of an ideal lens: a disk of even brightness, each pixel weighted by the area of the disk inside it (exactly).
 *
 * @param radius pixels, above 0, at most 1000
 * @throws InvalidArgumentError for another radius
 */
export function diskPsf(radius: number): Psf {
  checkPositive('radius of a disk PSF', radius, 1000);
  const reach = Math.max(0, Math.ceil(radius - 0.5));
  const side = 2 * reach + 1;
  const weights = Float64Array.from({ length: side * side }, (_, i) => {
    const left = (i % side) - reach - 0.5;
    const top = Math.floor(i / side) - reach - 0.5;
    const covered =
      cornerArea(radius, left + 1, top + 1) - cornerArea(radius, left, top + 1) -
      cornerArea(radius, left + 1, top) + cornerArea(radius, left, top);
    return Math.max(0, covered);
  });
  return psfFromArray(weights, { width: side, height: side });
}
