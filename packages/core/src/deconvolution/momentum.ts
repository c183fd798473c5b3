/** Replaces the previous estimate by the place to start from: estimate + momentum·(estimate − previous), where that is positive. */
export function extrapolate(estimate: Float32Array, previous: Float32Array, momentum: number): void {
  for (let i = 0; i < estimate.length; i++) {
    const here = estimate[i]!;
    const further = here + momentum * (here - previous[i]!);
    previous[i] = further > 0 ? further : 0;
  }
}

/** How a step compares with the one before. */
export interface StepAgreement {
  /** Scalar product of both. */
  readonly product: number;
  /** Squared length of the new step. */
  readonly squares: number;
}

/** Multiplies factors by the start, which makes them the new estimate, and replaces the last step by the new one. */
export function takeStep(start: Float32Array, factors: Float32Array, step: Float32Array): StepAgreement {
  let product = 0;
  let squares = 0;
  for (let i = 0; i < start.length; i++) {
    const value = start[i]! * factors[i]!;
    const change = value - start[i]!;
    factors[i] = value;
    product += change * step[i]!;
    squares += change * change;
    step[i] = change;
  }
  return { product, squares };
}
