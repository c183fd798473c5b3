import { InvalidArgumentError } from '../errors/index.ts';
import type { ScalarMap } from './scalar-map.ts';

/** A pixel of a picture, counted from the upper left one, which is (0, 0). */
export interface PixelPosition {
  readonly x: number;
  readonly y: number;
}

/**
 * The pixel around which a map is largest: the centre of the square of side 2 · `radius` + 1 with the largest sum; values beyond the
 * edge count as 0. The first such pixel, row by row.
 *
 * @param radius default 4, so that a single noisy pixel does not decide
 * @throws InvalidArgumentError if the radius is not a whole number ≥ 0
 */
export function strongestPlace({ width, height, data }: ScalarMap, radius = 4): PixelPosition {
  if (!Number.isInteger(radius) || radius < 0) throw new InvalidArgumentError(`radius is ${radius}; it must be a whole number of pixels, 0 or more.`);
  const columns = new Float64Array(width);
  const rowAt = (y: number, sign: number): void => {
    if (y < 0 || y >= height) return;
    for (let x = 0; x < width; x++) columns[x] += sign * data[y * width + x];
  };
  let best = { x: 0, y: 0, sum: -Infinity };
  for (let y = 0; y < radius; y++) rowAt(y, 1);
  for (let y = 0; y < height; y++) {
    rowAt(y + radius, 1);
    rowAt(y - radius - 1, -1);
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += columns[x];
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += columns[x + radius];
      if (x - radius - 1 >= 0) sum -= columns[x - radius - 1];
      if (sum > best.sum + 1e-9) best = { x, y, sum };
    }
  }
  return { x: best.x, y: best.y };
}
