import { checkPositive } from '../blur/check-positive.ts';
import { checkNoise } from '../deconvolution/check-noise.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';

/** How a step of Polyblur is applied. What is not given follows from the noise. */
export interface ReblurOptions {
  /** Share of the change that is applied, [0, 1]. Default 1. */
  readonly strength?: number;
  /** Curvature of the polynomial at low frequencies, [0, 20]: larger boosts middle ones; the inverse itself has 2. Default 2, 6 from noise 0.005 on. */
  readonly alpha?: number;
  /** Gain of the frequencies that the blur removed, above 0, at most 20. Default 3, 1 from noise 0.005 on. */
  readonly beta?: number;
}

/** Noise from which on the polynomial that amplifies less of it gives more (measured at 0 and 0.01). */
const noisy = 0.005;

/**
 * Fills in what is not given.
 *
 * @throws InvalidArgumentError for a noise or option out of range
 */
export function chooseReblurOptions(noise: number, given: ReblurOptions): Required<ReblurOptions> {
  checkNoise(noise);
  const { strength = 1, alpha = noise < noisy ? 2 : 6, beta = noise < noisy ? 3 : 1 } = given;
  if (!(strength >= 0 && strength <= 1)) throw new InvalidArgumentError(`The strength must be a number from 0 to 1, not ${strength}.`);
  if (!(alpha >= 0 && alpha <= 20)) throw new InvalidArgumentError(`The coefficient alpha must be a number from 0 to 20, not ${alpha}.`);
  checkPositive('coefficient beta', beta, 20);
  return { strength, alpha, beta };
}

/** @throws InvalidArgumentError unless it is 1, 2 or 3 */
export function checkPolyblurIterations(iterations: number): void {
  if (iterations === 1 || iterations === 2 || iterations === 3) return;
  throw new InvalidArgumentError(`The number of iterations must be 1, 2 or 3, not ${iterations}.`);
}
