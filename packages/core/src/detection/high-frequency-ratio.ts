import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { createPacer } from '../deconvolution/pacer.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { checkedLuma } from './checked-luma.ts';
import { windowSide } from './polar-bins.ts';
import { visitWindowSpectra } from './window-spectra.ts';

/** Options of `highFrequencyRatio`. */
export interface HighFrequencyRatioOptions {
  /** Frequencies from here on count as high, in cycles per pixel, above 0, at most ½. Default ¼. */
  readonly cutoff?: number;
  readonly signal?: AbortSignal;
}

/** Sums the power of spectra below and from a frequency on. */
export interface PowerCount {
  add(spectrum: Float32Array): void;
  /** Share of the power, without that of frequency 0, from the cutoff on; 0 where there is none. */
  share(): number;
}

/** @param cutoff in cycles per pixel */
export function countPower(cutoff: number): PowerCount {
  const columns = windowSide / 2 + 1;
  let all = 0;
  let high = 0;
  return {
    add(spectrum) {
      for (let y = 0, i = 0; y < windowSide; y++) {
        const v = (y < windowSide / 2 ? y : y - windowSide) / windowSide;
        for (let x = 0; x < columns; x++, i += 2) {
          if (x === 0 && y === 0) continue;
          const twice = x > 0 && x < columns - 1 ? 2 : 1;
          const power = twice * (spectrum[i]! ** 2 + spectrum[i + 1]! ** 2);
          all += power;
          if (v * v + (x / windowSide) ** 2 >= cutoff * cutoff) high += power;
        }
      }
    },
    share: () => (all > 0 ? high / all : 0),
  };
}

/**
 * Share of the spectral power, frequency 0 left out, at a quarter of a cycle per pixel and above: the sharper or noisier a picture,
 * the larger. Taken over up to 8 × 8 windows of 128 × 128 pixels of the sRGB-encoded luma, spread evenly, less their means, faded out by a
 * Hann window; smaller pictures are mirrored. Constant pictures give 0.
 *
 * @throws InvalidArgumentError if the image is no valid PixelImage, a sample is not finite, or `cutoff` is not usable; AbortedError
 */
export async function highFrequencyRatio(image: PixelImage, options: HighFrequencyRatioOptions = {}): Promise<number> {
  const { cutoff = 0.25, signal } = options;
  if (!(cutoff > 0 && cutoff <= 0.5)) {
    throw new InvalidArgumentError(`cutoff is ${cutoff}; it must be above 0 and at most 0.5 cycles per pixel.`);
  }
  const count = countPower(cutoff);
  await visitWindowSpectra(checkedLuma(image), createPacer(signal), count.add);
  return count.share();
}
