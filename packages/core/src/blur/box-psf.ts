import { checkPositive } from './check-positive.ts';
import type { Psf } from './psf.ts';
import { psfFromArray } from './psf-from-array.ts';

/** Share of each pixel that a centred interval of this length covers. */
function coverage(length: number): Float64Array {
  const reach = Math.max(0, Math.ceil(length / 2 - 0.5));
  return Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.min(1, length, Math.max(0, length / 2 + 0.5 - Math.abs(i - reach))));
}

/**
 * Even brightness over a rectangle; pixels that it covers in part weigh less. Centred, so an even size has half weights at both ends.
 *
 * @param width pixels, above 0, at most 2000
 * @param height default `width`
 * @throws InvalidArgumentError for other sizes
 */
export function boxPsf(width: number, height: number = width): Psf {
  checkPositive('width of a box PSF', width, 2000);
  checkPositive('height of a box PSF', height, 2000);
  const row = coverage(width);
  const column = coverage(height);
  const weights = Float64Array.from({ length: row.length * column.length }, (_, i) => {
    return row[i % row.length]! * column[Math.floor(i / row.length)]!;
  });
  return psfFromArray(weights, { width: row.length, height: column.length });
}
