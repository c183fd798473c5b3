import { InvalidArgumentError } from '../errors/index.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { sampleMaximum, sampleTypeOf } from '../image/samples.ts';
import { checkPair } from './check-pair.ts';

/** Options of `psnr`. */
export interface PsnrOptions {
  /** Pixels left out along each edge. Default 0. */
  readonly crop?: number;
  /** The largest possible value, on the scale where integer maxima are 1. Default 1. */
  readonly peak?: number;
}

/**
 * Peak signal-to-noise ratio in dB: 10 log₁₀(peak² / mean squared difference), the mean taken over all pixels and channels
 * of the values as stored (sRGB or linear), scaled to [0,1]. Alpha is ignored. Float values are not clipped.
 * Identical pictures give `Infinity`. Equals `skimage.metrics.peak_signal_noise_ratio`.
 *
 * @throws InvalidArgumentError if sizes, channels or transfer differ, an option is not usable, or a sample is not finite
 */
export function psnr(a: PixelImage, b: PixelImage, options: PsnrOptions = {}): number {
  const { crop = 0, peak = 1 } = options;
  checkPair(a, b, crop, 1);
  if (!(peak > 0 && Number.isFinite(peak))) throw new InvalidArgumentError(`peak is ${peak}; it must be a finite number > 0.`);
  const maximumA = sampleMaximum(sampleTypeOf(a.data));
  const maximumB = sampleMaximum(sampleTypeOf(b.data));
  const rowLength = (a.width - 2 * crop) * a.channels;
  let total = 0;
  for (let row = crop; row < a.height - crop; row++) {
    const start = (row * a.width + crop) * a.channels;
    let sum = 0;
    for (let i = start; i < start + rowLength; i++) {
      const difference = a.data[i]! / maximumA - b.data[i]! / maximumB;
      sum += difference * difference;
    }
    total += sum;
  }
  if (!Number.isFinite(total)) throw new InvalidArgumentError('The images cannot be compared: a sample is NaN or infinite.');
  const meanSquare = total / (rowLength * (a.height - 2 * crop));
  return meanSquare === 0 ? Infinity : 10 * Math.log10((peak * peak) / meanSquare);
}
