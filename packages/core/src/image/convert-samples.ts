import type { PixelImage, SampleArray, SampleType } from './pixel-image.ts';
import { allocateSamples, sampleMaximum, sampleTypeOf } from './samples.ts';

/**
 * Converts an array of samples to another type: 1.0 stands for 255, 65535 and 1.
 * To an integer type values are clamped to its range (infinities too) and rounded to the nearest, halves up; NaN becomes 0.
 * From an integer type the float is the correctly rounded value / maximum. 8 → 16 → 8 bit, 8 bit → float → 8 bit and
 * 16 bit → float → 16 bit give back the same values. An array that already has the type is returned itself, unclamped.
 */
export function convertSampleArray(data: SampleArray, type: SampleType): SampleArray {
  const from = sampleTypeOf(data);
  if (from === type) return data;
  const result = allocateSamples(type, data.length);
  const length = data.length;
  if (type === 'float32') {
    const maximum = sampleMaximum(from);
    for (let i = 0; i < length; i++) result[i] = data[i]! / maximum;
  } else if (from === 'float32') {
    const maximum = sampleMaximum(type);
    for (let i = 0; i < length; i++) {
      const value = data[i]!;
      result[i] = value > 0 ? (Math.min(value, 1) * maximum + 0.5) | 0 : 0;
    }
  } else if (type === 'uint16') {
    for (let i = 0; i < length; i++) result[i] = data[i]! * 257;
  } else {
    for (let i = 0; i < length; i++) result[i] = ((data[i]! + 128) / 257) | 0;
  }
  return result;
}

/**
 * The same picture with samples of another type, alpha included; the transfer stays.
 * Rounding and clamping as in `convertSampleArray`; float values beyond [0,1] and NaN are only changed on the way to integers.
 * Returns the picture itself if it already has the type.
 *
 * @example convertSamples(photo, 'float32') // 8-bit [0,255] → float [0,1]
 */
export function convertSamples(image: PixelImage, type: SampleType): PixelImage {
  if (sampleTypeOf(image.data) === type) return image;
  const data = convertSampleArray(image.data, type);
  return image.alpha ? { ...image, data, alpha: convertSampleArray(image.alpha, type) } : { ...image, data };
}
