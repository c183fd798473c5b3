import type { PixelImage } from '../image/pixel-image.ts';
import { sampleMaximum, sampleTypeOf } from '../image/samples.ts';
import { checkPair } from './check-pair.ts';

/** How far two pictures are apart. Differences are on the scale where integer maxima are 1. */
export interface PixelComparison {
  /** Largest absolute difference of two samples; `Infinity` if one is NaN or infinite and the other is not the same. */
  readonly maximum: number;
  /** Mean absolute difference. */
  readonly mean: number;
  /** PSNR in dB for peak 1; `Infinity` for identical pictures, `-Infinity` where `maximum` is infinite. */
  readonly psnr: number;
  /** Where the largest difference is; the first such place. */
  readonly at: { readonly x: number; readonly y: number; readonly channel: number };
}

/**
 * Compares two pictures sample by sample, for assertions with an explicit tolerance. Unlike `psnr` it accepts samples
 * that are not finite: equal ones (NaN and NaN too) count as no difference. Alpha is ignored.
 *
 * @example expect(comparePixels(actual, expected).maximum).toBeLessThanOrEqual(1 / 255)
 * @throws InvalidArgumentError if sizes, channels or transfer differ
 */
export function comparePixels(a: PixelImage, b: PixelImage): PixelComparison {
  checkPair(a, b, 0, 1);
  const maximumA = sampleMaximum(sampleTypeOf(a.data));
  const maximumB = sampleMaximum(sampleTypeOf(b.data));
  let maximum = 0;
  let place = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < a.data.length; i++) {
    const valueA = a.data[i]! / maximumA;
    const valueB = b.data[i]! / maximumB;
    if (Object.is(valueA, valueB)) continue;
    const difference = Math.abs(valueA - valueB);
    const distance = Number.isNaN(difference) ? Infinity : difference;
    sum += distance;
    squares += distance * distance;
    if (distance > maximum) {
      maximum = distance;
      place = i;
    }
  }
  const count = a.data.length;
  const pixel = Math.floor(place / a.channels);
  return {
    maximum,
    mean: sum / count,
    psnr: squares === 0 ? Infinity : -10 * Math.log10(squares / count),
    at: { x: pixel % a.width, y: Math.floor(pixel / a.width), channel: place % a.channels },
  };
}
