import { convertSamples, toSrgb } from '@deblur/core';
import type { PixelImage, SampleArray, SampleType } from '@deblur/core';

/**
 * Bytes of rows as a file holds them: sRGB-encoded samples of `type`, colour and opacity interleaved.
 * @param flatten lay the picture on white instead of keeping its opacity (8 bits only)
 */
export function packRows(rows: PixelImage, type: SampleType, flatten: boolean): Uint8Array {
  const image = rows.transfer === 'linear' ? toSrgb(rows, type) : convertSamples(rows, type);
  const { data, alpha, channels } = image;
  const packed = !alpha ? data : flatten ? layOnWhite(data, alpha, channels) : interleave(data, alpha, channels);
  return new Uint8Array(packed.buffer, packed.byteOffset, packed.byteLength);
}

function interleave(data: SampleArray, alpha: SampleArray, channels: 1 | 3): SampleArray {
  const samples = channels + 1;
  const packed = new (data.constructor as new (length: number) => SampleArray)(alpha.length * samples);
  for (let i = 0, from = 0, to = 0; i < alpha.length; i++, from += channels, to += samples) {
    packed[to] = data[from]!;
    if (channels === 3) {
      packed[to + 1] = data[from + 1]!;
      packed[to + 2] = data[from + 2]!;
    }
    packed[to + channels] = alpha[i]!;
  }
  return packed;
}

function layOnWhite(data: SampleArray, alpha: SampleArray, channels: 1 | 3): SampleArray {
  const flat = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const opacity = alpha[channels === 1 ? i : Math.floor(i / 3)]!;
    flat[i] = Math.round((data[i]! * opacity + 255 * (255 - opacity)) / 255);
  }
  return flat;
}
