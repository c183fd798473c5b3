import type { Plane } from '../fft/index.ts';
import type { Pacer } from './pacer.ts';

/** A deconvolution method bound to a plan; it can be used for one picture after another. */
export interface PlaneSolver {
  /** Whether the result of a plane is the same with and without the others; they may then be given one by one. Default false. */
  readonly separable?: boolean;
  /**
   * Replaces observed planes on the plan's torus, one for each colour channel, by the estimate.
   *
   * @throws AbortedError from the pacer; the planes are then of no use
   */
  solve(planes: readonly Plane[], pace: Pacer): Promise<void>;
}
