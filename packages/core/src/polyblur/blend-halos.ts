import type { FloatPlanes } from '../blur/float-planes.ts';

/**
 * Takes a sharpened picture back to the blurred one where sharpening turned slopes around, which shows as halos (Delbracio et al. 2021,
 * section V): with M = −Σ∇v·∇z over the channels, the share of v is M / (M + Σ|∇v|²) where M > 0. One share for all channels, so that
 * hues stay.
 *
 * @param before v, left as it is
 * @param after z, changed in place
 * @param strength share of the remaining change that is kept, [0, 1]
 */
export function blendHalos(before: FloatPlanes, after: readonly Float32Array[], strength: number): void {
  const { width, height, planes } = before;
  const shares = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const above = y > 0 ? -width : 0;
    const below = y < height - 1 ? width : 0;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const left = x > 0 ? i - 1 : i;
      const right = x < width - 1 ? i + 1 : i;
      let turned = 0;
      let slopes = 0;
      for (const [c, v] of planes.entries()) {
        const z = after[c]!;
        const vx = v[right]! - v[left]!;
        const vy = v[i + below]! - v[i + above]!;
        turned -= vx * (z[right]! - z[left]!) + vy * (z[i + below]! - z[i + above]!);
        slopes += vx * vx + vy * vy;
      }
      shares[i] = strength * (turned > 0 ? slopes / (turned + slopes) : 1);
    }
  }
  planes.forEach((v, c) => {
    const z = after[c]!;
    for (let i = 0; i < v.length; i++) z[i] = v[i]! + shares[i]! * (z[i]! - v[i]!);
  });
}
