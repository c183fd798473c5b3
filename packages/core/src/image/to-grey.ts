import type { PixelImage } from './pixel-image.ts';
import { convertSampleArray } from './convert-samples.ts';
import { sampleTypeOf } from './samples.ts';
import { linearToSrgb } from './srgb-transfer.ts';
import { toLinear } from './convert-transfer.ts';

/** Weights of linear red, green and blue in luminance (ITU-R BT.709). */
const luminance = [0.2126, 0.7152, 0.0722] as const;

/**
 * RGB to grey: luminance 0.2126 R + 0.7152 G + 0.0722 B of linear light, encoded like the source.
 * Transfer, sample type, alpha and metadata stay; an RGB `icc` profile does not fit grey values and is left out.
 * A grey picture is returned itself, and R = G = B gives that value back (floats within 1e-6).
 */
export function toGrey(image: PixelImage): PixelImage {
  if (image.channels === 1) return image;
  const { icc: _icc, ...rest } = image;
  const linear = toLinear(image).data;
  const grey = new Float32Array(image.width * image.height);
  const encode = image.transfer === 'srgb';
  for (let i = 0, j = 0; i < grey.length; i++, j += 3) {
    const light = luminance[0] * linear[j]! + luminance[1] * linear[j + 1]! + luminance[2] * linear[j + 2]!;
    grey[i] = encode ? linearToSrgb(light) : light;
  }
  return { ...rest, channels: 1, data: convertSampleArray(grey, sampleTypeOf(image.data)) };
}
