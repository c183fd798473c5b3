/**
 * Softens the kink of |∇x| at 0, in multiples of the weight and the value. Smaller ones make the explicit step, which is proportional to
 * both, unstable: small differences, even those of rounding, then grow from iteration to iteration.
 */
const smoothing = 8;
/** Added to the value, so that black has a gradient too. */
const leastValue = 0.02;

/**
 * Divides factors by 1 − weight·div(∇x/|∇x|) for a picture x ≥ 0, with forward differences for the gradient and backward ones for the divergence, on the
 * torus. The divergence lies in [−4, 4], so for weights up to 0.1 the divisor stays positive.
 */
export function dampByTotalVariation(
  picture: Float32Array, factors: Float32Array, width: number, height: number, weight: number,
): void {
  const across = new Float32Array(width);
  const down = new Float32Array(width);
  const above = new Float32Array(width);
  const softening = (smoothing * weight) ** 2;

  function directions(y: number): void {
    const row = y * width;
    const below = y === height - 1 ? 0 : row + width;
    for (let x = 0; x < width; x++) {
      const here = picture[row + x]!;
      const dx = (x === width - 1 ? picture[row]! : picture[row + x + 1]!) - here;
      const dy = picture[below + x]! - here;
      const value = here + leastValue;
      const length = Math.sqrt(dx * dx + dy * dy + softening * value * value);
      across[x] = dx / length;
      down[x] = dy / length;
    }
  }

  directions(height - 1);
  above.set(down);
  for (let y = 0; y < height; y++) {
    directions(y);
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const divergence = across[x]! - across[x === 0 ? width - 1 : x - 1]! + down[x]! - above[x]!;
      factors[row + x]! /= 1 - weight * divergence;
    }
    above.set(down);
  }
}
