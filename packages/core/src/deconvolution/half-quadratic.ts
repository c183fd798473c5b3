import { checkPositive } from '../blur/check-positive.ts';
import type { Plane } from '../fft/index.ts';
import type { DeconvolutionPlan } from './deconvolution-plan.ts';
import { gradientPower } from './gradient-power.ts';
import type { PlaneSolver } from './plane-solver.ts';

/** One penalty of half-quadratic splitting. */
export interface PenaltyStep {
  /** Weight of the distance between the gradients and their shrunk copies. */
  readonly beta: number;
  /** Alternations at this weight. */
  readonly iterations: number;
}

/** A problem min λ/2·|k * x − y|² + prior(∇x), solved by half-quadratic splitting. */
export interface HalfQuadraticSettings {
  /** Weight λ of the data. */
  readonly lambda: number;
  readonly schedule: readonly PenaltyStep[];
  /** For a penalty: what replaces planes x by Dᵀ·s(D·x), s being the minimiser for the prior. */
  readonly shrinkAt: (beta: number) => (planes: readonly Plane[]) => void;
}

/**
 * Alternates shrinking the gradients, w = s(∇x), and solving for the picture in the Fourier domain,
 * X = (λ·conj(K)·Y + β·F[∇ᵀw]) / (λ·|K|² + β·|D|²), while β grows (Wang, Yang, Yin and Zhang 2008, eq. 2.3–2.5; Krishnan and
 * Fergus 2009). Two transforms an iteration and channel.
 *
 * @throws InvalidArgumentError unless λ is a positive number
 */
export function createHalfQuadraticSolver(plan: DeconvolutionPlan, settings: HalfQuadraticSettings): PlaneSolver {
  const { lambda, schedule, shrinkAt } = settings;
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
          const shrink = shrinkAt(beta);
          for (let iteration = 0; iteration < iterations; iteration++) {
            await pace();
            shrink(planes);
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
