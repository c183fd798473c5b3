import type { PixelImage } from './pixel-image.ts';
import { allocateSamples, sampleTypeOf } from './samples.ts';

/**
 * Grey to RGB by repeating the value in all three channels. Transfer, sample type, alpha and metadata stay;
 * a grey `icc` profile does not fit RGB values and is left out. An RGB picture is returned itself.
 */
export function toRgb(image: PixelImage): PixelImage {
  if (image.channels === 3) return image;
  const { icc: _icc, ...rest } = image;
  const grey = image.data;
  const data = allocateSamples(sampleTypeOf(grey), grey.length * 3);
  for (let i = 0, j = 0; i < grey.length; i++, j += 3) data[j] = data[j + 1] = data[j + 2] = grey[i]!;
  return { ...rest, channels: 3, data };
}
