import type { DeconvolutionPlan } from './deconvolution-plan.ts';
import { createHalfQuadraticSolver } from './half-quadratic.ts';
import type { PenaltyStep } from './half-quadratic.ts';
import type { PlaneSolver } from './plane-solver.ts';
import { shrinkGradients } from './shrink-gradients.ts';
import { softShrinkage } from './shrinkage.ts';

/** Options of total variation deconvolution. */
export interface TotalVariationSettings {
  /** Weight λ of the data against the prior, > 0: larger is sharper and noisier. Default 2000. */
  readonly lambda?: number;
  /** Default: β = 1, 2, 4, … 256, one alternation each, two from 64 on. */
  readonly schedule?: readonly PenaltyStep[];
}

/** β doubling from 1 to 256. */
const totalVariationSchedule: readonly PenaltyStep[] = Array.from({ length: 9 }, (_, i) => ({
  beta: 2 ** i,
  iterations: 2 ** i < 64 ? 1 : 2,
}));

/**
 * Isotropic total variation, min λ/2·|k * x − y|² + Σ|∇x|, by half-quadratic splitting (Wang, Yang, Yin and Zhang, "A new alternating
 * minimization algorithm for total variation image reconstruction", 2008, eq. 1.4). Colour channels are treated jointly.
 *
 * @throws InvalidArgumentError unless λ is a positive number
 */
export function createTotalVariationSolver(plan: DeconvolutionPlan, settings: TotalVariationSettings = {}): PlaneSolver {
  const { lambda = 2000, schedule = totalVariationSchedule } = settings;
  const { fft } = plan;
  return createHalfQuadraticSolver(plan, {
    lambda,
    schedule,
    shrinkAt: (beta) => (planes) => {
      if (fft.shrinkGradients) fft.shrinkGradients(planes, 1 / beta);
      else shrinkGradients(planes.map(({ data }) => data), fft.width, fft.height, softShrinkage(beta), { isotropic: true });
    },
  });
}
