import type { Fft2d, Plane } from '../fft/index.ts';

/**
 * Softens the kink of |∇x| at 0, in multiples of the weight and the value. Smaller ones make the explicit step, which is proportional to
 * both, unstable: small differences, even those of rounding, then grow from iteration to iteration.
 */
const smoothing = 8;
/** Added to the value, so that black has a gradient too. */
const leastValue = 0.02;

/** Least softening in units of the value, far below what matters; it keeps lengths above 0. */
const leastSoftening = 1e-6;

/**
 * Divides factors by 1 − weight·div(∇x/|∇x|) for a picture x ≥ 0, with forward differences for the gradient and backward ones for the
 * divergence, on the torus. The divergence lies in [−4, 4], so for weights up to 0.1 the divisor stays positive.
 */
export function dampByTotalVariation(fft: Fft2d, picture: Plane, factors: Plane, weight: number): void {
  const softening = Math.max(leastSoftening, smoothing * weight);
  if (fft.dampByTotalVariation) fft.dampByTotalVariation(picture, factors, { weight, softening, leastValue });
  else damp(picture.data, factors.data, fft.width, fft.height, weight, softening);
}

function damp(picture: Float32Array, factors: Float32Array, width: number, height: number, weight: number, softening: number): void {
  const across = new Float32Array(width);
  const down = new Float32Array(width);
  const above = new Float32Array(width);

  function directions(y: number): void {
    const row = y * width;
    const below = y === height - 1 ? 0 : row + width;
    for (let x = 0; x < width; x++) {
      const here = picture[row + x]!;
      const dx = (x === width - 1 ? picture[row]! : picture[row + x + 1]!) - here;
      const dy = picture[below + x]! - here;
      const value = softening * (here + leastValue);
      const length = Math.sqrt(dx * dx + dy * dy + value * value);
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
