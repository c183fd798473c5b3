import { checkPositive } from '../../blur/check-positive.ts';
import { InvalidArgumentError } from '../../errors/invalid-argument-error.ts';
import type { Denoiser } from './denoiser.ts';

/** What plug-and-play deconvolution can be told besides the noise. */
export interface PlugAndPlayParameters {
  /** Weight λ of the denoised picture against the data, > 0. Default 0.23. */
  readonly lambda?: number;
  /** Alternations, from 2 to 100; each runs the denoiser once. Default 8. */
  readonly iterations?: number;
}

/** Level at which denoising begins (Zhang et al. 2021: 49 of 255). */
const firstLevel = 49 / 255;
const mostIterations = 100;

/**
 * Fills in what is not given.
 *
 * @throws InvalidArgumentError for a bad parameter
 */
export function choosePlugAndPlayParameters(given: PlugAndPlayParameters = {}): Required<PlugAndPlayParameters> {
  const { lambda = 0.23, iterations = 8 } = given;
  checkPositive('weight lambda', lambda);
  if (!Number.isInteger(iterations) || iterations < 2 || iterations > mostIterations) {
    throw new InvalidArgumentError(`The number of iterations must be a whole number from 2 to ${mostIterations}, not ${iterations}.`);
  }
  return { lambda, iterations };
}

/** @throws InvalidArgumentError unless it has the form of a denoiser */
export function checkDenoiser(denoiser: Denoiser): void {
  const given: unknown = denoiser;
  if (typeof given !== 'object' || given === null || typeof denoiser.denoise !== 'function') {
    throw new InvalidArgumentError(
      'Plug-and-play deconvolution needs a denoiser: createNetworkDenoiser(deblur), or any object with a denoise(picture, sigma) method.',
    );
  }
  const { minimum, maximum } = denoiser.noiseRange ?? { minimum: 0, maximum: 1 };
  if (!(minimum >= 0) || !(maximum > minimum)) {
    throw new InvalidArgumentError(`The noise range of a denoiser must be 0 ≤ minimum < maximum, not ${minimum} to ${maximum}.`);
  }
}

/** Levels of the denoiser, evenly spaced in logarithms, from 49/255 down (or up) to the noise of the picture. */
export function noiseSchedule(noise: number, iterations: number): number[] {
  return Array.from({ length: iterations }, (_, i) => firstLevel * (noise / firstLevel) ** (i / (iterations - 1)));
}
