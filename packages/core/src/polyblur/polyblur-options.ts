import { checkPositive } from '../blur/check-positive.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { ReblurOptions } from './reblur-planes.ts';

/** @throws InvalidArgumentError for a strength or polynomial out of range */
export function checkReblurOptions({ strength = 1, alpha = 6, beta = 1 }: ReblurOptions): void {
  if (!(strength >= 0 && strength <= 1)) throw new InvalidArgumentError(`The strength must be a number from 0 to 1, not ${strength}.`);
  if (!(alpha >= 0 && alpha <= 20)) throw new InvalidArgumentError(`The coefficient alpha must be a number from 0 to 20, not ${alpha}.`);
  checkPositive('coefficient beta', beta, 20);
}

/** @throws InvalidArgumentError unless it is 1, 2 or 3 */
export function checkPolyblurIterations(iterations: number): void {
  if (iterations === 1 || iterations === 2 || iterations === 3) return;
  throw new InvalidArgumentError(`The number of iterations must be 1, 2 or 3, not ${iterations}.`);
}
