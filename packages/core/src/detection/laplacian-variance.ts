import type { PixelImage } from '../image/pixel-image.ts';
import { reflectIndex } from '../tiling/reflect-index.ts';
import { checkedLuma } from './checked-luma.ts';

/**
 * Variance of the Laplacian (the four neighbours minus four times the pixel, mirrored at the edges) of the sRGB-encoded luma,
 * which lies in [0,1]. The sharper and the more contrasty or noisy a picture, the larger. Equals `cv2.Laplacian(luma, cv2.CV_64F).var()`; on
 * levels from 0 to 255 that is 255² times as much. Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", 2000.
 *
 * No threshold suits all pictures: compare versions of one picture, or let `detectBlur` judge.
 *
 * @throws InvalidArgumentError if the image is no valid PixelImage or has a sample that is not finite
 */
export function laplacianVariance(image: PixelImage): number {
  const { width, height, values } = checkedLuma(image);
  let sum = 0;
  let squares = 0;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = reflectIndex(y - 1, height) * width;
    const below = reflectIndex(y + 1, height) * width;
    let rowSum = 0;
    let rowSquares = 0;
    for (let x = 0; x < width; x++) {
      const left = values[row + (x > 0 ? x - 1 : reflectIndex(-1, width))]!;
      const right = values[row + (x < width - 1 ? x + 1 : reflectIndex(width, width))]!;
      const response = left + right + values[above + x]! + values[below + x]! - 4 * values[row + x]!;
      rowSum += response;
      rowSquares += response * response;
    }
    sum += rowSum;
    squares += rowSquares;
  }
  const mean = sum / values.length;
  return Math.max(0, squares / values.length - mean * mean);
}
