import { convertSamples, toSrgb } from '@deblur/core';
import type { PixelImage, SampleArray } from '@deblur/core';
import { sameKind } from './pixel-rows.ts';

/** What becomes of opacity: kept, laid on white, or left out. */
export type OpacityUse = 'keep' | 'white' | 'drop';

function encoded(rows: PixelImage, type: 'uint8' | 'uint16'): PixelImage {
  return rows.transfer === 'linear' ? toSrgb(rows, type) : convertSamples(rows, type);
}

/** sRGB-encoded samples of a type, interleaved: colour as the rows have it, then opacity if they have it. */
export function packPixels(rows: PixelImage, type: 'uint8' | 'uint16'): SampleArray {
  const { data, alpha, channels } = encoded(rows, type);
  if (!alpha) return data;
  const samples = channels + 1;
  const packed = sameKind(data, alpha.length * samples);
  for (let i = 0, from = 0, to = 0; i < alpha.length; i++, from += channels, to += samples) {
    for (let c = 0; c < channels; c++) packed[to + c] = data[from + c]!;
    packed[to + channels] = alpha[i]!;
  }
  return packed;
}

/** RGBA of 8 bits, as canvases take it. */
export function packRgba(rows: PixelImage, opacity: OpacityUse): Uint8ClampedArray<ArrayBuffer> {
  const { data, alpha, channels, width, height } = encoded(rows, 'uint8');
  const rgba = new Uint8ClampedArray(width * height * 4);
  const step = channels === 1 ? 0 : 1;
  for (let i = 0, from = 0, to = 0; i < width * height; i++, from += channels, to += 4) {
    const cover = alpha && opacity === 'white' ? alpha[i]! : 255;
    const white = 255 * (255 - cover);
    for (let c = 0; c < 3; c++) rgba[to + c] = cover === 255 ? data[from + c * step]! : (data[from + c * step]! * cover + white) / 255;
    rgba[to + 3] = alpha && opacity === 'keep' ? alpha[i]! : 255;
  }
  return rgba;
}
