import type { SampleType } from '@deblur/core';

/** How samples lie in a run of pixels: interleaved, rows without padding. */
export interface SampleLayout {
  /** Pixels per row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Samples per pixel, opacity and extra ones included. */
  readonly samples: number;
  readonly type: SampleType;
}

/** Bytes of one sample. */
export const sampleBytes: Readonly<Record<SampleType, number>> = { uint8: 1, uint16: 2, float32: 4 };

/** Bytes of one pixel. */
export function pixelBytes(layout: SampleLayout): number {
  return layout.samples * sampleBytes[layout.type];
}

/** Bytes of one row. */
export function rowBytes(layout: SampleLayout): number {
  return layout.width * pixelBytes(layout);
}
