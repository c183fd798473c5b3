import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { convertSampleArray } from '../image/convert-samples.ts';
import { toLinear, toSrgb } from '../image/convert-transfer.ts';
import type { PixelImage, SampleArray, SampleType, Transfer } from '../image/pixel-image.ts';
import { allocateSamples, sampleMaximum, sampleTypeOf } from '../image/samples.ts';
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
  const { width, height, channels, data, transfer } = image;
  const toFloats = (samples: SampleArray): Float32Array => {
    const line: PixelImage = { width: samples.length, height: 1, channels: 1, data: samples, transfer };
    return (space === 'linear' ? toLinear(line) : toSrgb(line)).data as Float32Array;
  };
  const type = sampleTypeOf(data);
  const levels = type === 'float32' ? Infinity : sampleMaximum(type) + 1;
  const planes = Array.from({ length: channels }, () => new Float32Array(width * height));
  if (levels <= data.length) {
    const table = toFloats(allocateSamples(type, levels).map((_, level) => level));
    if (channels === 3) splitLevels(data, table, planes as [Float32Array, Float32Array, Float32Array]);
    else for (let i = 0; i < data.length; i++) planes[0]![i] = table[data[i]!]!;
  } else {
    const floats = toFloats(data);
    planes.forEach((plane, channel) => {
      for (let i = 0, j = channel; i < plane.length; i++, j += channels) plane[i] = floats[j]!;
    });
  }
  return { width, height, planes };
}

function splitLevels(data: SampleArray, table: Float32Array, [red, green, blue]: [Float32Array, Float32Array, Float32Array]): void {
  for (let i = 0, j = 0; i < red.length; i++, j += 3) {
    red[i] = table[data[j]!]!;
    green[i] = table[data[j + 1]!]!;
    blue[i] = table[data[j + 2]!]!;
  }
}

/**
 * A picture from planes: transfer, alpha, profile and metadata of `like`, whose alpha must fit the size.
 *
 * @param space transfer of the values in the planes
 * @param type sample type of the result, alpha included; integers are rounded and clamped, floats are kept as they are
 */
export function fromFloatPlanes({ width, height, planes }: FloatPlanes, like: PixelImage, space: Transfer, type: SampleType): PixelImage {
  const { alpha, ...opaque } = like;
  const convert = like.transfer === 'linear' ? toLinear : toSrgb;
  const converted = planes.map((plane) => convert({ width, height, channels: 1, data: plane, transfer: space }, type).data);
  let data = converted[0]!;
  if (like.channels === 3) {
    data = allocateSamples(type, width * height * 3);
    const [red, green, blue] = converted as [SampleArray, SampleArray, SampleArray];
    for (let i = 0, j = 0; j < data.length; i++, j += 3) {
      data[j] = red[i]!;
      data[j + 1] = green[i]!;
      data[j + 2] = blue[i]!;
    }
  }
  const picture: PixelImage = { ...opaque, width, height, data };
  return alpha ? { ...picture, alpha: sampleTypeOf(alpha) === type ? alpha : convertSampleArray(alpha, type) } : picture;
}
