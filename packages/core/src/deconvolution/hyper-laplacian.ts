import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { DeconvolutionPlan } from './deconvolution-plan.ts';
import { createHalfQuadraticSolver } from './half-quadratic.ts';
import type { PenaltyStep } from './half-quadratic.ts';
import type { PlaneSolver } from './plane-solver.ts';
import { shrinkGradients } from './shrink-gradients.ts';
import { powerShrinkage } from './shrinkage.ts';

/** Options of hyper-Laplacian deconvolution. */
export interface HyperLaplacianSettings {
  /** Weight λ of the data against the prior, > 0: larger is sharper and noisier. Default 4000. */
  readonly lambda?: number;
  /** Power of the gradients in the prior, above 0 and below 1. Default ⅔. */
  readonly alpha?: number;
  /** Default: β = 1, 2√2, 8, … 181, one alternation each. */
  readonly schedule?: readonly PenaltyStep[];
}

const defaultSchedule: readonly PenaltyStep[] = Array.from({ length: 6 }, (_, i) => ({ beta: 2 ** (1.5 * i), iterations: 1 }));

/**
 * A hyper-Laplacian prior on each derivative, min λ/2·|k * x − y|² + Σ|∂x|^α + |∂y|^α (Krishnan and Fergus, "Fast image deconvolution
 * using hyper-Laplacian priors", NIPS 2009, eq. 2–5). Colour channels are treated jointly.
 *
 * @throws InvalidArgumentError for a bad λ or α
 */
export function createHyperLaplacianSolver(plan: DeconvolutionPlan, settings: HyperLaplacianSettings = {}): PlaneSolver {
  const { lambda = 4000, alpha = 2 / 3, schedule = defaultSchedule } = settings;
  if (!(alpha > 0 && alpha < 1)) {
    throw new InvalidArgumentError(`alpha is ${alpha}; it must lie between 0 and 1 (for 1 use total variation).`);
  }
  const { width, height } = plan.fft;
  return createHalfQuadraticSolver(plan, {
    lambda,
    schedule,
    shrinkAt(beta) {
      const shrinkage = powerShrinkage(alpha, beta);
      return (planes) => shrinkGradients(planes.map(({ data }) => data), width, height, shrinkage, { isotropic: false });
    },
  });
}
