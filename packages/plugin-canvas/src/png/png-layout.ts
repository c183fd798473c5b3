import type { Bytes } from '../bytes.ts';

/** How the pixels of a PNG are stored (PNG specification, 11.2). */
export interface PngLayout {
  readonly width: number;
  readonly height: number;
  /** 1, 2, 4, 8 or 16. */
  readonly bits: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey with opacity, 6 RGB with opacity. */
  readonly colourType: number;
  readonly interlaced: boolean;
  /** RGB triples, for colour type 3. */
  readonly palette?: Bytes;
  /** Opacities of the palette, or the one colour that is clear. */
  readonly transparency?: Bytes;
  /** The IDAT chunks. */
  readonly data: readonly { readonly bytes: Bytes; readonly crc: number }[];
}

const storedSamples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Samples a pixel as stored. */
export function samplesStored({ colourType }: PngLayout): number {
  return storedSamples[colourType]!;
}

/** True if the colour type and depth go together. */
export function isPngLayout(colourType: number, bits: number): boolean {
  if (![1, 2, 4, 8, 16].includes(bits) || storedSamples[colourType] === undefined) return false;
  if (bits < 8) return colourType === 0 || colourType === 3;
  return bits === 8 || colourType !== 3;
}

/** Samples a pixel as read: grey or RGB, and opacity. */
export function samplesRead({ colourType, transparency }: PngLayout): number {
  const opacity = colourType >= 4 || transparency !== undefined ? 1 : 0;
  return (colourType === 0 || colourType === 4 ? 1 : 3) + opacity;
}
