import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { PlaneSize } from './plane-size.ts';

/** Rms of what Laplace's equation may be violated by, relative to the range of the values. */
const tolerance = 3e-4;

/** Mixes the values at the ends of a gap; `place` of `gap` new values, counted from 1. */
function across(first: number, last: number, place: number, gap: number): number {
  return first + ((last - first) * place) / (gap + 1);
}

/** A smooth guess: straight lines between the edges that a gap joins, in rows first, then in columns over whole rows. */
function interpolate(extended: Float32Array, size: PlaneSize, full: PlaneSize): void {
  const gapX = full.width - size.width;
  const gapY = full.height - size.height;
  for (let y = 0; y < size.height; y++) {
    const row = y * full.width;
    for (let i = 1; i <= gapX; i++) {
      extended[row + size.width + i - 1] = across(extended[row + size.width - 1]!, extended[row]!, i, gapX);
    }
  }
  for (let i = 1; i <= gapY; i++) {
    const row = (size.height + i - 1) * full.width;
    const above = (size.height - 1) * full.width;
    for (let x = 0; x < full.width; x++) extended[row + x] = across(extended[above + x]!, extended[x]!, i, gapY);
  }
}

/** Calls `visit` with each run of new values: the row's start, the rows above and below on the torus, first and last column. */
function forEachRun(
  size: PlaneSize, full: PlaneSize, visit: (row: number, above: number, below: number, from: number) => void,
): void {
  for (let y = 0; y < full.height; y++) {
    const from = y < size.height ? size.width : 0;
    if (from === full.width) continue;
    const above = (y === 0 ? full.height - 1 : y - 1) * full.width;
    visit(y * full.width, above, y === full.height - 1 ? 0 : (y + 1) * full.width, from);
  }
}

function range(values: Float32Array): number {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most - least;
}

/**
 * Extends a plane to the right and downwards so that it closes on a torus without a jump: the new values solve Laplace's equation
 * with the plane as boundary values, by conjugate gradients. This is what circular deconvolution needs so that opposite edges do
 * not ring into each other (after Liu and Jia, "Reducing boundary artifacts in image deconvolution", ICIP 2008).
 *
 * @param values `height × width` finite values, row after row
 * @param full size of the result, in which the plane takes the upper left corner
 * @throws InvalidArgumentError if the sizes do not fit
 */
export function wrapBoundary(values: Float32Array, size: PlaneSize, full: PlaneSize): Float32Array {
  const { width, height } = size;
  if (values.length !== width * height) {
    throw new InvalidArgumentError(`A plane of ${width}×${height} has ${width * height} values, not ${values.length}.`);
  }
  if (!(full.width >= width) || !(full.height >= height)) {
    throw new InvalidArgumentError(`The plane of ${width}×${height} cannot be extended to ${full.width}×${full.height}, which is smaller.`);
  }
  const extended = new Float32Array(full.width * full.height);
  for (let y = 0; y < height; y++) extended.set(values.subarray(y * width, (y + 1) * width), y * full.width);
  const unknown = extended.length - values.length;
  if (unknown === 0) return extended;
  interpolate(extended, size, full);
  solve(extended, size, full, (tolerance * range(values)) ** 2 * unknown);
  return extended;
}

/** Conjugate gradients on the new values until the squared residual is at most `enough`. */
function solve(extended: Float32Array, size: PlaneSize, full: PlaneSize, enough: number): void {
  const stride = full.width;
  const residual = new Float32Array(extended.length);
  const direction = new Float32Array(extended.length);
  const image = new Float32Array(extended.length);

  /** target = negative Laplacian of source at the new values; returns its scalar product with the source. */
  function applyLaplacian(source: Float32Array, target: Float32Array): number {
    let product = 0;
    forEachRun(size, full, (row, above, below, from) => {
      for (let x = from; x < stride; x++) {
        const left = source[row + (x === 0 ? stride - 1 : x - 1)]!;
        const right = source[row + (x === stride - 1 ? 0 : x + 1)]!;
        const here = source[row + x]!;
        const value = 4 * here - left - right - source[above + x]! - source[below + x]!;
        target[row + x] = value;
        product += here * value;
      }
    });
    return product;
  }

  applyLaplacian(extended, residual);
  let energy = 0;
  forEachRun(size, full, (row, _above, _below, from) => {
    for (let i = row + from; i < row + stride; i++) {
      const value = -residual[i]!;
      residual[i] = value;
      direction[i] = value;
      energy += value * value;
    }
  });
  const limit = 100 + 4 * Math.max(stride - size.width, full.height - size.height);
  for (let iteration = 0; iteration < limit && energy > enough; iteration++) {
    const step = energy / applyLaplacian(direction, image);
    let next = 0;
    forEachRun(size, full, (row, _above, _below, from) => {
      for (let i = row + from; i < row + stride; i++) {
        extended[i]! += step * direction[i]!;
        const value = residual[i]! - step * image[i]!;
        residual[i] = value;
        next += value * value;
      }
    });
    const share = next / energy;
    energy = next;
    forEachRun(size, full, (row, _above, _below, from) => {
      for (let i = row + from; i < row + stride; i++) direction[i] = residual[i]! + share * direction[i]!;
    });
  }
}
