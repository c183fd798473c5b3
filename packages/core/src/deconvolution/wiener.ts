import { checkPositive } from '../blur/check-positive.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { DeconvolutionPlan } from './deconvolution-plan.ts';
import { gradientPower } from './gradient-power.ts';
import type { PlaneSolver } from './plane-solver.ts';

/**
 * What a Wiener filter takes noise over signal to be, by frequency:
 * - `gradient`: growing with the square of the frequency, as in photographs (signal power falls like 1/f²)
 * - `laplacian`: growing with its fourth power, which gives smoother pictures (scikit-image's `wiener`)
 * - `flat`: the same everywhere
 */
export type WienerPrior = 'gradient' | 'laplacian' | 'flat';

/** Options of the Wiener filter. */
export interface WienerSettings {
  /** Factor of the prior, > 0: noise power over signal power where `prior` is 1. */
  readonly balance: number;
  /** Default `gradient`. */
  readonly prior?: WienerPrior;
}

/**
 * The Wiener filter x = F⁻¹[conj(K)·Y / (|K|² + balance·P)], P = 1, |D|² or |D|⁴ (Gonzalez and Woods, "Digital Image Processing",
 * eq. 5.85, with a signal spectrum of power-law form; Hunt 1973 for the Laplacian).
 *
 * @throws InvalidArgumentError for a bad balance or prior
 */
export function createWienerSolver(plan: DeconvolutionPlan, { balance, prior = 'gradient' }: WienerSettings): PlaneSolver {
  checkPositive('balance of the Wiener filter', balance);
  if (!['gradient', 'laplacian', 'flat'].includes(prior)) {
    throw new InvalidArgumentError(`The prior of the Wiener filter must be gradient, laplacian or flat, not "${String(prior)}".`);
  }
  const { fft, transfer } = plan;
  const power = prior === 'flat' ? undefined : gradientPower(fft);
  if (power && prior === 'laplacian') fft.multiply(power, power, power);
  const spectrum = fft.createSpectrum();
  return {
    separable: true,
    async solve(planes, pace) {
      for (const plane of planes) {
        await pace();
        fft.forward(plane, spectrum);
        fft.wiener(spectrum, transfer, spectrum, power ? { noise: 0, prior: power, weight: balance } : { noise: balance });
        fft.inverse(spectrum, plane, { overwrite: true });
      }
    },
  };
}
