import { checkPositive } from './check-positive.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { Psf } from './psf.ts';
import { psfFromArray } from './psf-from-array.ts';
import { createRandom } from './seeded-random.ts';

/** A camera shake to draw. */
export interface CameraShakeOptions {
  /** Length of the path in pixels, above 0, at most 1000. */
  readonly length: number;
  /** Seed of the path. */
  readonly seed: number;
  /** How nervous the hand is, 0 (a nearly straight line) to 1; 0.005 is a usual hand. Default 0.005. */
  readonly anxiety?: number;
  /** Points along the path, 2 to 100 000. Default 2000. */
  readonly samples?: number;
}

/** The path of a point of light: x then y of each sample, in pixels from the start. */
function drawPath(length: number, seed: number, anxiety: number, samples: number): Float64Array {
  const random = createRandom(seed);
  const step = length / (samples - 1);
  const centripetal = 0.7 * random.uniform();
  const tremor = 10 * random.uniform();
  const jerks = 0.2 * random.uniform();
  const direction = 2 * Math.PI * random.uniform();
  let velocityX = Math.cos(direction) * step;
  let velocityY = Math.sin(direction) * step;
  const path = new Float64Array(samples * 2);
  for (let i = 2; i < path.length; i += 2) {
    const x = path[i - 2]!;
    const y = path[i - 1]!;
    let jerkX = 0;
    let jerkY = 0;
    if (random.uniform() < jerks * anxiety) {
      const turn = Math.PI + random.uniform() - 0.5;
      jerkX = 2 * (velocityX * Math.cos(turn) - velocityY * Math.sin(turn));
      jerkY = 2 * (velocityX * Math.sin(turn) + velocityY * Math.cos(turn));
    }
    velocityX += jerkX + anxiety * (tremor * random.normal() - centripetal * x) * step;
    velocityY += jerkY + anxiety * (tremor * random.normal() - centripetal * y) * step;
    const speed = Math.hypot(velocityX, velocityY) || step;
    velocityX *= step / speed;
    velocityY *= step / speed;
    path[i] = x + velocityX;
    path[i + 1] = y + velocityY;
  }
  return path;
}

/** Moves the centre of gravity to the origin; returns the farthest distance from it along x and y. */
function centre(path: Float64Array): [x: number, y: number] {
  const mean = [0, 0];
  path.forEach((value, i) => (mean[i & 1]! += value / (path.length / 2)));
  const reach: [number, number] = [0, 0];
  path.forEach((value, i) => {
    path[i] = value - mean[i & 1]!;
    reach[i & 1] = Math.max(reach[i & 1]!, Math.abs(path[i]!));
  });
  return reach;
}

/**
 * The shake of a hand-held camera: a random path on which a point keeps its speed while tremor, a pull back to the start and rare
 * jerks turn it; every sample of the path is spread over four pixels bilinearly. The centre of gravity is the centre of the PSF.
 * The same seed gives the same PSF.
 *
 * Boracchi and Foi, "Modeling the performance of image restoration from motion blur", IEEE TIP 2012.
 *
 * @throws InvalidArgumentError for options out of range
 */
export function cameraShakePsf({ length, seed, anxiety = 0.005, samples = 2000 }: CameraShakeOptions): Psf {
  checkPositive('length of a camera shake', length, 1000);
  if (!(anxiety >= 0 && anxiety <= 1)) throw new InvalidArgumentError(`The anxiety of a camera shake must be 0 to 1, not ${anxiety}.`);
  if (!Number.isInteger(samples) || samples < 2 || samples > 100_000) {
    throw new InvalidArgumentError(`A camera shake has 2 to 100 000 samples, not ${samples}.`);
  }
  const path = drawPath(length, seed, anxiety, samples);
  const [reachX, reachY] = centre(path);
  const radiusX = Math.ceil(reachX);
  const radiusY = Math.ceil(reachY);
  const width = 2 * radiusX + 1;
  const weights = new Float64Array(width * (2 * radiusY + 1));
  for (let i = 0; i < path.length; i += 2) {
    const x = path[i]! + radiusX;
    const y = path[i + 1]! + radiusY;
    const left = Math.floor(x);
    const top = Math.floor(y);
    for (const [column, row] of [[left, top], [left + 1, top], [left, top + 1], [left + 1, top + 1]] as const) {
      const weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
      if (weight > 0) weights[row * width + column]! += weight;
    }
  }
  return psfFromArray(weights, { width, height: 2 * radiusY + 1 });
}
