import type { SampleArray } from '@deblur/core';
import { sameKind } from './pixel-rows.ts';

/**
 * Takes interleaved samples apart into colour and opacity.
 *
 * @param samples samples a pixel; the last is opacity where `alpha` says so, else ignored beyond the colours
 */
export function unpackPixels(
  pixels: SampleArray, samples: number, channels: 1 | 3, alpha: boolean,
): { readonly data: SampleArray; readonly alpha?: SampleArray } {
  if (samples === channels) return { data: pixels };
  const count = pixels.length / samples;
  const data = sameKind(pixels, count * channels);
  for (let to = 0, from = 0; to < data.length; to += channels, from += samples) {
    data[to] = pixels[from]!;
    if (channels === 1) continue;
    data[to + 1] = pixels[from + 1]!;
    data[to + 2] = pixels[from + 2]!;
  }
  if (!alpha) return { data };
  const opacity = sameKind(pixels, count);
  for (let i = 0, from = samples - 1; i < count; i++, from += samples) opacity[i] = pixels[from]!;
  return { data, alpha: opacity };
}
