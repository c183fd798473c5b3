import type { DeconvolutionMethod, DeconvolutionParameters } from './deconvolution-parameters.ts';
import type { DeconvolutionPlan } from './deconvolution-plan.ts';
import { createHyperLaplacianSolver } from './hyper-laplacian.ts';
import type { PlaneSolver } from './plane-solver.ts';
import { createRichardsonLucySolver } from './richardson-lucy.ts';
import { createTotalVariationSolver } from './total-variation.ts';
import { createWienerSolver } from './wiener.ts';

/** Binds a method to a plan. Parameters are as `chooseDeconvolutionParameters` gives them. */
export function createSolver(plan: DeconvolutionPlan, method: DeconvolutionMethod, parameters: DeconvolutionParameters): PlaneSolver {
  switch (method) {
    case 'wiener':
      return createWienerSolver(plan, { ...parameters, balance: parameters.balance! });
    case 'tv':
      return createTotalVariationSolver(plan, parameters);
    case 'hyper-laplacian':
      return createHyperLaplacianSolver(plan, parameters);
    case 'rl':
      return createRichardsonLucySolver(plan, parameters);
    default:
      return createRichardsonLucySolver(plan, { ...parameters, accelerate: true });
  }
}
