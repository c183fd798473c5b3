import type { PixelImage } from '../image/pixel-image.ts';
import { reflectIndex } from '../tiling/reflect-index.ts';
import { checkedLuma } from './checked-luma.ts';

/**
 * Mean squared magnitude of the Sobel gradient (3×3, not normalised, mirrored at the edges) of the sRGB-encoded luma in [0,1]:
 * the mean of `cv2.Sobel(luma, cv2.CV_64F, 1, 0)² + cv2.Sobel(luma, cv2.CV_64F, 0, 1)²`. Grows with sharpness and contrast, less with noise
 * than `laplacianVariance`. Tenenbaum 1970; Krotkov, "Focusing", 1988.
 *
 * @throws InvalidArgumentError if the image is no valid PixelImage or has a sample that is not finite
 */
export function tenengrad(image: PixelImage): number {
  const { width, height, values } = checkedLuma(image);
  let total = 0;
  for (let y = 0; y < height; y++) {
    const above = reflectIndex(y - 1, height) * width;
    const row = y * width;
    const below = reflectIndex(y + 1, height) * width;
    let sum = 0;
    for (let x = 0; x < width; x++) {
      const left = x > 0 ? x - 1 : reflectIndex(-1, width);
      const right = x < width - 1 ? x + 1 : reflectIndex(width, width);
      const alongX = values[above + right]! + 2 * values[row + right]! + values[below + right]! -
        values[above + left]! - 2 * values[row + left]! - values[below + left]!;
      const alongY = values[below + left]! + 2 * values[below + x]! + values[below + right]! -
        values[above + left]! - 2 * values[above + x]! - values[above + right]!;
      sum += alongX * alongX + alongY * alongY;
    }
    total += sum;
  }
  return total / values.length;
}
