import type { SampleArray } from '@deblur/core';
import { samplesRead } from './png-layout.ts';
import type { PngLayout } from './png-layout.ts';

/** Turns a stored row into samples of 8 or 16 bits, at an offset of `out`. */
export type RowUnpacker = (row: Uint8Array, pixels: number, out: SampleArray, offset: number) => void;

/** Chooses how the rows of a layout are read. */
export function rowUnpacker(layout: PngLayout): RowUnpacker {
  const { bits, colourType, transparency } = layout;
  if (colourType === 3) return paletteUnpacker(layout);
  const stored = { 0: 1, 2: 3, 4: 2, 6: 4 }[colourType as 0 | 2 | 4 | 6];
  const samples = samplesRead(layout);
  const sampleAt = reader(bits);
  const scale = bits < 8 ? 255 / (2 ** bits - 1) : 1;
  if (samples === stored && bits === 8) return (row, pixels, out, offset) => out.set(row.subarray(0, pixels * samples), offset);
  const clear = transparency && Array.from({ length: stored }, (_, i) => ((transparency[2 * i] ?? 0) << 8) | (transparency[2 * i + 1] ?? 0));
  const opaque = bits === 16 ? 65535 : 255;
  return (row, pixels, out, offset) => {
    let to = offset;
    for (let i = 0, from = 0; i < pixels; i++) {
      let isClear = clear !== undefined;
      for (let s = 0; s < stored; s++) {
        const value = sampleAt(row, from++);
        if (clear && value !== clear[s]) isClear = false;
        out[to++] = value * scale;
      }
      if (clear) out[to++] = isClear ? 0 : opaque;
    }
  };
}

function reader(bits: number): (row: Uint8Array, index: number) => number {
  if (bits === 8) return (row, index) => row[index]!;
  if (bits === 16) return (row, index) => (row[2 * index]! << 8) | row[2 * index + 1]!;
  const perByte = 8 / bits;
  const mask = 2 ** bits - 1;
  return (row, index) => (row[Math.floor(index / perByte)]! >> (8 - bits - (index % perByte) * bits)) & mask;
}

/** Colours beyond the palette's end are black, as decoders have it. */
function paletteUnpacker({ bits, palette, transparency }: PngLayout): RowUnpacker {
  const sampleAt = reader(bits);
  return (row, pixels, out, offset) => {
    let to = offset;
    for (let i = 0; i < pixels; i++) {
      const entry = sampleAt(row, i);
      for (let c = 0; c < 3; c++) out[to++] = palette![3 * entry + c] ?? 0;
      if (transparency) out[to++] = transparency[entry] ?? 255;
    }
  };
}
