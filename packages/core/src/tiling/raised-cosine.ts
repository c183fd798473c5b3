const grid = 2 ** 24;

/**
 * Rising half of a raised-cosine window, sampled at pixel centres: w(k) = ½ − ½·cos(π·(k + ½)/length). Weights are
 * rounded to multiples of 2⁻²⁴, so that w and 1 − w are both exact in float32 and add up to exactly 1; the falling half
 * is the mirror image.
 *
 * @param length number of pixels blended, ≥ 0
 * @returns `length` weights in (0, 1), rising
 */
export function raisedCosine(length: number): Float32Array<ArrayBuffer> {
  const weights = new Float32Array(length);
  for (let k = 0; k < length; k++) {
    const weight = 0.5 - 0.5 * Math.cos((Math.PI * (k + 0.5)) / length);
    weights[k] = Math.round(weight * grid) / grid;
  }
  return weights;
}
