import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { fillGap } from './fill-gap.ts';
import type { PlaneSize } from './plane-size.ts';

/** Rms of what Laplace's equation may be violated by, relative to the range of the values along the edges. */
const tolerance = 3e-4;
/** The same, relative to the largest magnitude: single precision can do no better. */
const precision = 1e-5;

/** Looks at the edges only: what lies inside has no part in the solution. */
function toleranceFor(values: Float32Array, { width, height }: PlaneSize): number {
  let least = Infinity;
  let most = -Infinity;
  for (let y = 0; y < height; y++) {
    const step = y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1);
    for (let x = 0; x < width; x += step) {
      const value = values[y * width + x]!;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return tolerance * (most - least) + precision * Math.max(Math.abs(least), Math.abs(most));
}

/**
 * Extends a plane to the right and downwards so that it closes on a torus without a jump: the new values solve Laplace's equation
 * with the plane as boundary values, by cascadic multigrid. This is what circular deconvolution needs so that opposite edges do
 * not ring into each other (after Liu and Jia, "Reducing boundary artifacts in image deconvolution", ICIP 2008).
 *
 * @param values `height × width` finite values, row after row
 * @param full size of the result, in which the plane takes the upper left corner
 * @param target holds the result if given; `full.height × full.width` values
 * @throws InvalidArgumentError if the sizes do not fit
 */
export function wrapBoundary(
  values: Float32Array, size: PlaneSize, full: PlaneSize, target: Float32Array = new Float32Array(full.width * full.height),
): Float32Array {
  const { width, height } = size;
  if (values.length !== width * height) {
    throw new InvalidArgumentError(`A plane of ${width}×${height} has ${width * height} values, not ${values.length}.`);
  }
  if (!(full.width >= width) || !(full.height >= height)) {
    throw new InvalidArgumentError(`The plane of ${width}×${height} cannot be extended to ${full.width}×${full.height}, which is smaller.`);
  }
  if (target.length !== full.width * full.height) {
    throw new InvalidArgumentError(`A plane of ${full.width}×${full.height} does not fit ${target.length} values.`);
  }
  for (let y = 0; y < height; y++) target.set(values.subarray(y * width, (y + 1) * width), y * full.width);
  fillGap(target, size, full, toleranceFor(values, size));
  return target;
}
