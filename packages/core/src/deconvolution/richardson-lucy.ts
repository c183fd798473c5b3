import { checkPositive } from '../blur/check-positive.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { Plane } from '../fft/index.ts';
import type { DeconvolutionPlan } from './deconvolution-plan.ts';
import type { PlaneSolver } from './plane-solver.ts';
import { divideBySaturated } from './saturation.ts';
import { dampByTotalVariation } from './total-variation-damping.ts';

/** Options of Richardson–Lucy deconvolution. */
export interface RichardsonLucySettings {
  /** At least 1. Default 30. */
  readonly iterations?: number;
  /** Weight of the total variation, ≥ 0 and at most 0.1. Default 0: none. */
  readonly totalVariation?: number;
  /** Value at which the camera clipped, > 0. Default: nothing is clipped. */
  readonly saturation?: number;
  /** First estimate: the observed picture, or its mean everywhere. Default `observed`. */
  readonly start?: 'observed' | 'flat';
}

/** Least value of a divisor: far below one level of 16 bits. */
const floor = 1e-6;

function flatten(plane: Plane): void {
  const { data } = plane;
  data.fill(data.reduce((sum, value) => sum + value, 0) / data.length);
}

/**
 * Richardson–Lucy: x ← x · kᵀ * (y / (k * x)) (Richardson 1972; Lucy 1974), which keeps the picture positive.
 * With `totalVariation` λ the product is divided by 1 − λ·div(∇x/|∇x|) (Dey et al., "Richardson–Lucy algorithm with total variation
 * regularization", 2006, eq. 12), |∇x| being softened below 4λ. With `saturation` the model is y = R(k * x), R clipping smoothly:
 * x ← x · kᵀ * (y·R′/R + 1 − R′) (Whyte, Sivic and Zisserman, "Deblurring shaken and partially saturated images", 2014, eq. 15).
 *
 * Negative observed values count as 0.
 *
 * @throws InvalidArgumentError for a bad option
 */
export function createRichardsonLucySolver(plan: DeconvolutionPlan, settings: RichardsonLucySettings = {}): PlaneSolver {
  const { iterations = 30, totalVariation = 0, saturation, start = 'observed' } = settings;
  if (!Number.isInteger(iterations) || iterations < 1) {
    throw new InvalidArgumentError(`iterations is ${iterations}; it must be a whole number ≥ 1.`);
  }
  if (!(totalVariation >= 0 && totalVariation <= 0.1)) {
    throw new InvalidArgumentError(`The weight of the total variation must lie in [0, 0.1], not ${totalVariation}.`);
  }
  if (saturation !== undefined) checkPositive('saturation', saturation);
  const { fft, transfer } = plan;
  const estimate = fft.createPlane();
  const ratio = fft.createPlane();
  return {
    async solve(planes, pace) {
      for (const observed of planes) {
        const { data } = observed;
        for (let i = 0; i < data.length; i++) if (data[i]! < floor) data[i] = floor;
        fft.combine(observed, 1, observed, 0, estimate);
        if (start === 'flat') flatten(estimate);
        for (let iteration = 0; iteration < iterations; iteration++) {
          await pace();
          fft.filter(estimate, transfer, ratio);
          if (saturation === undefined) fft.dividePlanes(observed, ratio, ratio, floor);
          else divideBySaturated(observed.data, ratio.data, saturation, floor);
          fft.filter(ratio, transfer, ratio, { conjugate: true });
          if (totalVariation > 0) dampByTotalVariation(estimate.data, ratio.data, fft.width, fft.height, totalVariation);
          fft.multiplyPlanes(estimate, ratio, estimate);
        }
        fft.combine(estimate, 1, estimate, 0, observed);
      }
    },
  };
}
