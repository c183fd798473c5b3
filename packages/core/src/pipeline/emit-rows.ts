import { quantise } from '../graph/quantise.ts';
import { sampleMaximum } from '../image/samples.ts';
import type { PixelImage, SampleType } from '../image/pixel-image.ts';
import type { RestoredRows } from './restored-rows.ts';

/**
 * Turns restored rows into rows of the picture's own sample type: mixes in the source by `1 − strength`, clamps and
 * rounds. Alpha is the source's, untouched.
 */
export function emitRows({ source, restored }: RestoredRows, type: SampleType, strength: number): PixelImage {
  if (strength < 1) {
    const scale = 1 / sampleMaximum(type);
    for (let i = 0; i < restored.length; i++) {
      const before = source.data[i] * scale;
      restored[i] = before + strength * (restored[i] - before);
    }
  }
  return { ...source, data: quantise(restored, type) };
}
