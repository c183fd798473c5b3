/** Shrinks the length of a gradient: returns the factor in [0,1] for a squared length. */
export type Shrinkage = (squaredLength: number) => number;

/** Soft thresholding, the minimiser of |w| + β/2·(w − v)²: 0 up to 1/β, v − 1/β above. */
export function softShrinkage(beta: number): Shrinkage {
  const threshold = 1 / beta;
  const squared = threshold * threshold;
  return (squaredLength) => (squaredLength <= squared ? 0 : 1 - threshold / Math.sqrt(squaredLength));
}

const entries = 2048;
const longest = 1.5;

/**
 * The minimiser of |w|^α + β/2·(w − v)² for 0 < α < 1: 0 up to the length at which both minima are equal, above it the larger root of
 * w + α/β·w^(α−1) = v (Krishnan and Fergus 2009, section 2.1), from a table, linear in between.
 */
export function powerShrinkage(alpha: number, beta: number): Shrinkage {
  const jump = ((2 * (1 - alpha)) / beta) ** (1 / (2 - alpha));
  const threshold = jump + (alpha / beta) * jump ** (alpha - 1);
  const step = Math.max(longest - threshold, threshold) / (entries - 1);
  const factors = Float64Array.from({ length: entries + 1 }, (_, i) => {
    const length = threshold + i * step;
    let root = length;
    for (let iteration = 0; iteration < 30; iteration++) {
      const value = root + (alpha / beta) * root ** (alpha - 1) - length;
      const slope = 1 + ((alpha * (alpha - 1)) / beta) * root ** (alpha - 2);
      root = Math.max(jump, root - value / slope);
    }
    return root / length;
  });
  const squared = threshold * threshold;
  return (squaredLength) => {
    if (squaredLength <= squared) return 0;
    const place = (Math.sqrt(squaredLength) - threshold) / step;
    if (place >= entries) return factors[entries]!;
    const index = place | 0;
    return factors[index]! + (place - index) * (factors[index + 1]! - factors[index]!);
  };
}
