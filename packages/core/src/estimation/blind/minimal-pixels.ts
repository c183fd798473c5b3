import type { PlaneSize } from '../../deconvolution/plane-size.ts';

/** Darkest pixels below this, in values of the normalised picture, are taken to be 0. */
const darkest = 0.1;

/**
 * Sets the darkest pixel of each patch to 0 if it is nearly so: blur averages, so the darkest pixels of a sharp picture are darker
 * (patch-wise minimal pixels; Wen, Ying, Li and Liu, "A simple local minimal intensity prior and an improved algorithm for blind
 * image deblurring", IEEE TCSVT 2020, section III).
 *
 * @param values plane whose rows are `stride` long, the picture in the upper left corner; changed in place
 */
export function darkenMinima(values: Float32Array, { width, height }: PlaneSize, stride: number, patch: number): void {
  for (let top = 0; top < height; top += patch) {
    for (let left = 0; left < width; left += patch) {
      let place = top * stride + left;
      for (let y = top; y < Math.min(height, top + patch); y++) {
        for (let x = left; x < Math.min(width, left + patch); x++) {
          if (values[y * stride + x]! < values[place]!) place = y * stride + x;
        }
      }
      if (values[place]! < darkest) values[place] = 0;
    }
  }
}
