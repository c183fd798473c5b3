import { InvalidArgumentError } from '../errors/index.ts';
import type { PixelImage } from './pixel-image.ts';

/**
 * The rows `start` … `end − 1` of a picture, as a view: samples are shared with the source, not copied.
 * Transfer, `icc` and `metadata` are carried along.
 *
 * @throws InvalidArgumentError unless 0 ≤ start < end ≤ height
 */
export function sliceRows(image: PixelImage, start: number, end: number): PixelImage {
  const whole = Number.isInteger(start) && Number.isInteger(end);
  if (!whole || start < 0 || end <= start || end > image.height) {
    throw new InvalidArgumentError(
      `Rows ${start} to ${end} cannot be taken from a picture of ${image.height} rows; 0 ≤ start < end ≤ height is needed.`,
    );
  }
  const stride = image.width * image.channels;
  const band: PixelImage = { ...image, height: end - start, data: image.data.subarray(start * stride, end * stride) };
  return image.alpha ? { ...band, alpha: image.alpha.subarray(start * image.width, end * image.width) } : band;
}
