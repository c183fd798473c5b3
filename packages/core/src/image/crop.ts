import { InvalidArgumentError } from '../errors/index.ts';
import type { PixelImage, SampleArray } from './pixel-image.ts';
import { allocateSamples, sampleTypeOf } from './samples.ts';

/** A rectangle of whole pixels; `left` and `top` count from the upper left corner. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function cropPlane(source: SampleArray, sourceWidth: number, channels: number, area: Rectangle): SampleArray {
  const stride = area.width * channels;
  const result = allocateSamples(sampleTypeOf(source), area.height * stride);
  for (let row = 0; row < area.height; row++) {
    const start = ((area.top + row) * sourceWidth + area.left) * channels;
    result.set(source.subarray(start, start + stride), row * stride);
  }
  return result;
}

/**
 * A copy of a rectangle of the picture; transfer, `icc` and `metadata` are carried along.
 *
 * @throws InvalidArgumentError if the rectangle is empty, not whole, or reaches beyond the picture
 */
export function crop(image: PixelImage, area: Rectangle): PixelImage {
  const { left, top, width, height } = area;
  const whole = [left, top, width, height].every(Number.isInteger);
  if (!whole || left < 0 || top < 0 || width < 1 || height < 1 || left + width > image.width || top + height > image.height) {
    throw new InvalidArgumentError(
      `The area ${width}×${height} at (${left}, ${top}) does not lie in a picture of ${image.width}×${image.height} pixels.`,
      { details: { ...area } },
    );
  }
  const data = cropPlane(image.data, image.width, image.channels, area);
  const alpha = image.alpha && cropPlane(image.alpha, image.width, 1, area);
  return { ...image, width, height, data, ...(alpha && { alpha }) };
}
