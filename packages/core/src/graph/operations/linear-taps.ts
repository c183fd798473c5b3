/** For each place of a resized axis the samples it is made of: `count` neighbours from `first` on, with their weights. */
export interface Taps {
  readonly count: number;
  readonly first: Int32Array;
  /** `count` weights for each place, of sum 1. */
  readonly weights: Float64Array;
}

/**
 * Taps of linear interpolation with pixel centres at half.
 *
 * @param antialias where the axis shrinks, widens the triangle to the distance between results
 */
export function linearTaps(from: number, to: number, antialias: boolean): Taps {
  const scale = from / to;
  const support = antialias ? Math.max(1, scale) : 1;
  const count = Math.min(from, Math.ceil(2 * support) + 1);
  const first = new Int32Array(to);
  const weights = new Float64Array(to * count);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale - 0.5;
    const start = Math.min(Math.max(0, Math.ceil(centre - support)), from - count);
    first[i] = start;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const weight = Math.max(0, 1 - Math.abs(start + k - centre) / support);
      weights[i * count + k] = weight;
      sum += weight;
    }
    for (let k = 0; k < count; k++) weights[i * count + k] /= sum;
  }
  return { count, first, weights };
}
