import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { convertSampleArray } from '../image/convert-samples.ts';
import { toLinear, toSrgb } from '../image/convert-transfer.ts';
import type { PixelImage, SampleType, Transfer } from '../image/pixel-image.ts';
import { sampleTypeOf } from '../image/samples.ts';
import { validateImage } from '../image/validate-image.ts';

/** The colour channels of a picture as separate float planes. */
export interface FloatPlanes {
  readonly width: number;
  readonly height: number;
  /** One plane of `height × width` values, nominally [0,1], for each channel. */
  readonly planes: readonly Float32Array[];
}

/**
 * The channels of a picture, converted to a transfer.
 *
 * @throws InvalidArgumentError if it is not a picture or the space unknown
 */
export function toFloatPlanes(image: PixelImage, space: Transfer): FloatPlanes {
  validateImage(image);
  if (space !== 'linear' && space !== 'srgb') throw new InvalidArgumentError(`The space must be linear or srgb, not "${String(space)}".`);
  const { width, height, channels } = image;
  const { alpha: _alpha, ...opaque } = image;
  const data = (space === 'linear' ? toLinear(opaque) : toSrgb(opaque)).data as Float32Array;
  if (channels === 1) return { width, height, planes: [data === image.data ? data.slice() : data] };
  const planes = Array.from({ length: channels }, () => new Float32Array(width * height));
  planes.forEach((plane, channel) => {
    for (let i = 0, j = channel; i < plane.length; i++, j += channels) plane[i] = data[j]!;
  });
  return { width, height, planes };
}

/**
 * A picture from planes: transfer, alpha, profile and metadata of `like`, whose alpha must fit the size.
 *
 * @param space transfer of the values in the planes
 * @param type sample type of the result, alpha included; integers are rounded and clamped, floats are kept as they are
 */
export function fromFloatPlanes({ width, height, planes }: FloatPlanes, like: PixelImage, space: Transfer, type: SampleType): PixelImage {
  const channels = like.channels;
  let data = planes[0]!;
  if (channels === 3) {
    data = new Float32Array(width * height * 3);
    for (let channel = 0; channel < 3; channel++) {
      const plane = planes[channel]!;
      for (let i = 0, j = channel; i < plane.length; i++, j += 3) data[j] = plane[i]!;
    }
  }
  const { alpha, ...opaque } = like;
  const floats: PixelImage = { ...opaque, width, height, data, transfer: space };
  const converted = like.transfer === 'linear' ? toLinear(floats, type) : toSrgb(floats, type);
  return alpha ? { ...converted, alpha: sampleTypeOf(alpha) === type ? alpha : convertSampleArray(alpha, type) } : converted;
}
