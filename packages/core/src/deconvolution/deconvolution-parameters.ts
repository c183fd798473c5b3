import { checkPositive } from '../blur/check-positive.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { WienerPrior } from './wiener.ts';

/**
 * Methods that undo a known blur:
 * - `wiener`: one linear filter; fastest, rings at strong edges
 * - `rl`: Richardson–Lucy
 * - `rl-tv`: Richardson–Lucy with total variation
 * - `tv`: total variation by half-quadratic splitting
 * - `hyper-laplacian`: hyper-Laplacian prior by half-quadratic splitting
 * - `whyte`: Richardson–Lucy with total variation that models clipped highlights
 */
export type DeconvolutionMethod = 'wiener' | 'rl' | 'rl-tv' | 'tv' | 'hyper-laplacian' | 'whyte';

/** What the methods can be told. What is not given follows from the noise; see `chooseDeconvolutionParameters`. */
export interface DeconvolutionParameters {
  /** `wiener`: weight of the prior. */
  readonly balance?: number;
  /** `wiener`: how noise over signal grows with frequency. */
  readonly prior?: WienerPrior;
  /** `tv` and `hyper-laplacian`: weight λ of the data against the prior. */
  readonly lambda?: number;
  /** `hyper-laplacian`: power of the gradients, above 0 and below 1. */
  readonly alpha?: number;
  /** `rl`, `rl-tv` and `whyte`: number of iterations. */
  readonly iterations?: number;
  /** `rl-tv` and `whyte`: weight of the total variation. */
  readonly totalVariation?: number;
  /** `whyte`: value in the working space at which the camera clipped. */
  readonly saturation?: number;
}

/**
 * A PSF is never exact; its misfit is counted as noise of this standard deviation. With it the rules below give, for hardly any
 * noise, what is best for the measured PSFs of Levin et al. 2009: λ 2000 for total variation.
 */
const misfit = Math.sqrt(5e-5);

const methods: readonly string[] = ['wiener', 'rl', 'rl-tv', 'tv', 'hyper-laplacian', 'whyte'] satisfies DeconvolutionMethod[];

/** @throws InvalidArgumentError unless it is a method */
function checkDeconvolutionMethod(method: string): void {
  if (!methods.includes(method)) {
    throw new InvalidArgumentError(`The deconvolution method must be one of ${methods.join(', ')}, not "${method}".`);
  }
}

/**
 * Fills in what is not given. With v = σ² + 0.00005, σ being the noise:
 * - `tv`: λ = 0.1 / v (2000 without noise, 670 at 1 %, 105 at 3 %)
 * - `hyper-laplacian`: λ = 0.2 / v, α = ⅔
 * - `wiener`: balance = 140 · v, the prior `gradient` (noise power over the mean square gradient of photographs, 1/140); for the other
 *   priors 0.003 · v / 0.00005
 * - `rl`: 100 iterations below noise 0.005, else 30, since noise grows with each
 * - `rl-tv` and `whyte`: 75 iterations, total variation 2 · v^¾ and 1 · v^¾ (highlights that are no longer clipped vary more), at most 0.1; saturation 1
 *
 * @param noise standard deviation as a share of full scale, [0, 1]
 * @throws InvalidArgumentError for a bad method, noise or parameter
 */
export function chooseDeconvolutionParameters(
  method: DeconvolutionMethod, noise: number, given: DeconvolutionParameters = {},
): DeconvolutionParameters {
  checkDeconvolutionMethod(method);
  if (!(noise >= 0 && noise <= 1)) {
    throw new InvalidArgumentError(`The noise is a standard deviation as a share of full scale, from 0 to 1, not ${noise}.`);
  }
  const variance = noise ** 2 + misfit ** 2;
  switch (method) {
    case 'wiener': {
      const { prior = 'gradient', balance = prior === 'gradient' ? 140 * variance : 60 * variance } = given;
      return { balance, prior };
    }
    case 'tv':
      return { lambda: given.lambda ?? 0.1 / variance };
    case 'hyper-laplacian':
      return { lambda: given.lambda ?? 0.2 / variance, alpha: given.alpha ?? 2 / 3 };
    case 'rl':
      return { iterations: given.iterations ?? (noise < 0.005 ? 100 : 30) };
    case 'rl-tv':
    case 'whyte': {
      const factor = method === 'whyte' ? 1 : 2;
      const { iterations = 75, totalVariation = Math.min(0.1, factor * variance ** 0.75), saturation = 1 } = given;
      if (method === 'rl-tv') return { iterations, totalVariation };
      checkPositive('saturation', saturation);
      return { iterations, totalVariation, saturation };
    }
  }
}
