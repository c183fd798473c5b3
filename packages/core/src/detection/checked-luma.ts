import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { lumaPlane } from '../blur/luma-plane.ts';
import type { Plane } from '../blur/luma-plane.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { validateImage } from '../image/validate-image.ts';

/**
 * @param firstRow row of the whole picture at which this band of it begins, for the message
 * @throws InvalidArgumentError if a sample is NaN or infinite
 */
export function checkFinite({ data, width, channels }: PixelImage, firstRow = 0): void {
  if (!(data instanceof Float32Array)) return;
  const place = data.findIndex((value) => !Number.isFinite(value));
  if (place < 0) return;
  const pixel = Math.floor(place / channels);
  throw new InvalidArgumentError(
    `The blur of the image cannot be measured: the sample at x ${pixel % width}, y ${firstRow + Math.floor(pixel / width)} is ${data[place]!}. Replace samples that are not finite first.`,
  );
}

/** The sRGB-encoded luma of a valid picture of finite samples, clamped to [0,1]. @throws InvalidArgumentError for another */
export function checkedLuma(image: PixelImage): Plane {
  validateImage(image);
  checkFinite(image);
  return lumaPlane(image);
}
