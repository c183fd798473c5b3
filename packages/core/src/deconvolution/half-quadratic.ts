import { checkPositive } from '../blur/check-positive.ts';
import type { DeconvolutionPlan } from './deconvolution-plan.ts';
import { gradientPower } from './gradient-power.ts';
import type { PlaneSolver } from './plane-solver.ts';
import { shrinkGradients } from './shrink-gradients.ts';
import type { GradientGrouping } from './shrink-gradients.ts';
import type { Shrinkage } from './shrinkage.ts';

/** One penalty of half-quadratic splitting. */
export interface PenaltyStep {
  /** Weight of the distance between the gradients and their shrunk copies. */
  readonly beta: number;
  /** Alternations at this weight. */
  readonly iterations: number;
}

/** A problem min λ/2·|k * x − y|² + prior(∇x), solved by half-quadratic splitting. */
export interface HalfQuadraticSettings extends GradientGrouping {
  /** Weight λ of the data. */
  readonly lambda: number;
  readonly schedule: readonly PenaltyStep[];
  /** Minimiser for the prior at a penalty. */
  readonly shrinkage: (beta: number) => Shrinkage;
}

/**
 * Alternates shrinking the gradients, w = s(∇x), and solving for the picture in the Fourier domain,
 * X = (λ·conj(K)·Y + β·F[∇ᵀw]) / (λ·|K|² + β·|D|²), while β grows (Wang, Yang, Yin and Zhang 2008, eq. 2.3–2.5; Krishnan and
 * Fergus 2009). Two transforms an iteration and channel.
 *
 * @throws InvalidArgumentError unless λ is a positive number
 */
export function createHalfQuadraticSolver(plan: DeconvolutionPlan, settings: HalfQuadraticSettings): PlaneSolver {
  const { lambda, schedule, shrinkage, isotropic } = settings;
  checkPositive('weight lambda', lambda);
  const { fft, transfer } = plan;
  const slopes = gradientPower(fft);
  const kernelPower = fft.createSpectrum();
  fft.multiply(transfer, transfer, kernelPower, { conjugate: true });
  const divisor = fft.createSpectrum();
  const work = fft.createSpectrum();
  return {
    async solve(planes, pace) {
      const observed = planes.map((plane) => {
        const spectrum = fft.forward(plane);
        fft.multiply(spectrum, transfer, spectrum, { conjugate: true });
        return spectrum;
      });
      try {
        for (const { beta, iterations } of schedule) {
          const ratio = beta / lambda;
          fft.combine(kernelPower, 1, slopes, ratio, divisor);
          const shrink = shrinkage(beta);
          for (let iteration = 0; iteration < iterations; iteration++) {
            await pace();
            shrinkGradients(planes.map(({ data }) => data), fft.width, fft.height, shrink, { isotropic });
            for (const [c, plane] of planes.entries()) {
              await pace();
              fft.forward(plane, work);
              fft.combine(observed[c]!, 1, work, ratio, work);
              fft.divideByReal(work, divisor, work);
              fft.inverse(work, plane, { overwrite: true });
            }
          }
        }
      } finally {
        observed.forEach((spectrum) => spectrum.dispose());
      }
    },
  };
}
