import { convertSampleArray, convertSamples } from './convert-samples.ts';
import type { PixelImage, SampleArray, SampleType, Transfer } from './pixel-image.ts';
import { allocateSamples, sampleMaximum, sampleTypeOf } from './samples.ts';
import { linearToSrgb, srgbToLinear } from './srgb-transfer.ts';

function mapSamples(data: SampleArray, type: SampleType, curve: (value: number) => number): SampleArray {
  const from = sampleTypeOf(data);
  const entries = from === 'float32' ? 0 : sampleMaximum(from) + 1;
  if (entries > 0 && entries <= 4 * data.length) {
    const values = Float32Array.from({ length: entries }, (_, level) => curve(level / (entries - 1)));
    const table = convertSampleArray(values, type);
    const result = allocateSamples(type, data.length);
    for (let i = 0; i < data.length; i++) result[i] = table[data[i]!]!;
    return result;
  }
  const maximum = sampleMaximum(from);
  const values = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) values[i] = curve(data[i]! / maximum);
  return convertSampleArray(values, type);
}

function convertTransfer(image: PixelImage, transfer: Transfer, type: SampleType): PixelImage {
  if (image.transfer === transfer) return convertSamples(image, type);
  const data = mapSamples(image.data, type, transfer === 'linear' ? srgbToLinear : linearToSrgb);
  const converted: PixelImage = { ...image, data, transfer };
  return image.alpha ? { ...converted, alpha: convertSampleArray(image.alpha, type) } : converted;
}

/**
 * The picture in linear light (sRGB curve undone, IEC 61966-2-1), alpha unchanged in value.
 * Integer samples go through a table, floats through the exact curve; floats beyond [0,1] are kept, not clamped.
 * `icc` is carried along for the way back; it describes the values again after `toSrgb`.
 *
 * @param type sample type of the result, default `float32`: 8 bits are too few for linear light (18 of 256 sRGB levels
 *   fall on 0 or 1); 16 bits keep every 8-bit level apart
 */
export function toLinear(image: PixelImage, type: SampleType = 'float32'): PixelImage {
  return convertTransfer(image, 'linear', type);
}

/**
 * The picture with sRGB-encoded values (IEC 61966-2-1), alpha unchanged in value. Counterpart of `toLinear`.
 *
 * @param type sample type of the result, default `float32`
 */
export function toSrgb(image: PixelImage, type: SampleType = 'float32'): PixelImage {
  return convertTransfer(image, 'srgb', type);
}
