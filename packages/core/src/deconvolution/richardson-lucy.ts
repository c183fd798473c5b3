import { checkPositive } from '../blur/check-positive.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { Plane } from '../fft/index.ts';
import type { DeconvolutionPlan } from './deconvolution-plan.ts';
import type { PlaneSolver } from './plane-solver.ts';
import { extrapolate, takeStep } from './momentum.ts';
import type { Pacer } from './pacer.ts';
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
  /** Go further along the last step before each iteration, which reaches the same result several times sooner. Default false. */
  readonly accelerate?: boolean;
}

/** Least value of a divisor: far below one level of 16 bits. */
const floor = 1e-6;
/** Five times the pace. With more, PSFs that are not exact show earlier than the picture gains. */
const mostMomentum = 0.8;

function flatten(plane: Plane): void {
  const { data } = plane;
  data.fill(data.reduce((sum, value) => sum + value, 0) / data.length);
}

/**
 * Richardson–Lucy: x ← x · kᵀ * (y / (k * x)) (Richardson 1972; Lucy 1974), which keeps the picture positive.
 * With `totalVariation` λ the product is divided by 1 − λ·div(∇x/|∇x|) (Dey et al., "Richardson–Lucy algorithm with total variation
 * regularization", 2006, eq. 12), |∇x| being softened below 8λ·(x + 0.02). With `saturation` the model is y = R(k * x), R clipping smoothly:
 * x ← x · kᵀ * (y·R′/R + 1 − R′) (Whyte, Sivic and Zisserman, "Deblurring shaken and partially saturated images", 2014, eq. 15).
 * With `accelerate` each step starts from x + α·(x − previous x), α following from the last two steps (Biggs and Andrews,
 * "Acceleration of iterative image restoration algorithms", 1997, eq. 6–10, first order).
 *
 * Negative observed values count as 0.
 *
 * @throws InvalidArgumentError for a bad option
 */
export function createRichardsonLucySolver(plan: DeconvolutionPlan, settings: RichardsonLucySettings = {}): PlaneSolver {
  const { iterations = 30, totalVariation = 0, saturation, start = 'observed', accelerate = false } = settings;
  if (!Number.isInteger(iterations) || iterations < 1) {
    throw new InvalidArgumentError(`iterations is ${iterations}; it must be a whole number ≥ 1.`);
  }
  if (!(totalVariation >= 0 && totalVariation <= 0.1)) {
    throw new InvalidArgumentError(`The weight of the total variation must lie in [0, 0.1], not ${totalVariation}.`);
  }
  if (saturation !== undefined) checkPositive('saturation', saturation);
  const { fft, transfer } = plan;
  const work = accelerate ? [0, 0, 0, 0].map(() => fft.createPlane()) : [fft.createPlane(), fft.createPlane()];

  /** One iteration from `start`: what it is multiplied by. */
  function factors(observed: Plane, start: Plane, ratio: Plane): void {
    fft.filter(start, transfer, ratio);
    if (saturation === undefined) fft.dividePlanes(observed, ratio, ratio, floor);
    else divideBySaturated(observed.data, ratio.data, saturation, floor);
    fft.filter(ratio, transfer, ratio, { conjugate: true });
    if (totalVariation > 0) dampByTotalVariation(fft, start, ratio, totalVariation);
  }

  /** The plane that holds the result, which is one of the work planes. */
  async function iterate(observed: Plane, pace: Pacer): Promise<Plane> {
    const [estimate, ratio] = work as [Plane, Plane];
    fft.combine(observed, 1, observed, 0, estimate);
    if (start === 'flat') flatten(estimate);
    for (let iteration = 0; iteration < iterations; iteration++) {
      await pace();
      factors(observed, estimate, ratio);
      fft.multiplyPlanes(estimate, ratio, estimate);
    }
    return estimate;
  }

  async function iterateFaster(observed: Plane, pace: Pacer): Promise<Plane> {
    const step = work[3]!;
    let [estimate, previous, ratio] = work as [Plane, Plane, Plane, Plane];
    fft.combine(observed, 1, observed, 0, estimate);
    if (start === 'flat') flatten(estimate);
    fft.combine(estimate, 1, estimate, 0, previous);
    step.data.fill(0);
    let momentum = 0;
    let lastSquares = 0;
    for (let iteration = 0; iteration < iterations; iteration++) {
      await pace();
      extrapolate(estimate.data, previous.data, momentum);
      factors(observed, previous, ratio);
      const { product, squares } = takeStep(previous.data, ratio.data, step.data);
      momentum = lastSquares > 0 ? Math.min(mostMomentum, Math.max(0, product / lastSquares)) : 0;
      lastSquares = squares;
      [estimate, previous, ratio] = [ratio, estimate, previous];
    }
    return estimate;
  }

  return {
    separable: true,
    async solve(planes, pace) {
      for (const observed of planes) {
        const { data } = observed;
        for (let i = 0; i < data.length; i++) if (data[i]! < floor) data[i] = floor;
        const result = await (accelerate ? iterateFaster : iterate)(observed, pace);
        fft.combine(result, 1, result, 0, observed);
      }
    },
  };
}
