import type { SampleArray, SampleType } from '@deblur/core';
import { sampleBytes } from './sample-layout.ts';

/** Colour and opacity of rows, apart. */
export interface UnpackedRows {
  readonly data: SampleArray;
  readonly alpha?: SampleArray;
}

const arrays = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array } as const;

/**
 * Takes interleaved samples apart into colour and opacity; extra channels are left out.
 *
 * @param bytes samples in this machine's byte order; used as they are where there is nothing to take apart
 * @param samples samples per pixel
 * @param alpha true if the sample after the colour channels is opacity
 */
export function unpackRows(
  bytes: Uint8Array<ArrayBuffer>, type: SampleType, samples: number, channels: 1 | 3, alpha: boolean,
): UnpackedRows {
  const stored: SampleArray = new arrays[type](bytes.buffer, bytes.byteOffset, bytes.byteLength / sampleBytes[type]);
  if (samples === channels) return { data: stored };
  const pixels = stored.length / samples;
  const data = new arrays[type](pixels * channels);
  for (let i = 0, from = 0; i < data.length; i += channels, from += samples) {
    data[i] = stored[from]!;
    if (channels === 1) continue;
    data[i + 1] = stored[from + 1]!;
    data[i + 2] = stored[from + 2]!;
  }
  if (!alpha) return { data };
  const opacity = new arrays[type](pixels);
  for (let i = 0, from = channels; i < pixels; i++, from += samples) opacity[i] = stored[from]!;
  return { data, alpha: opacity };
}
