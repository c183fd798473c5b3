import { BitReader } from './bit-reader.ts';
import { addColours } from './predict.ts';
import { readPrefixCode } from './prefix-code.ts';
import type { SymbolReader } from './prefix-code.ts';
import { undoTransform } from './undo-transforms.ts';
import type { Transform } from './undo-transforms.ts';

/** Lengths are coded in the green alphabet behind the literals, cached colours behind the lengths. */
const literals = 256;
const lengthCodes = 24;
const distanceCodes = 40;
const headerBytes = 5;
const pixelsAtATime = 2 ** 14;

/** Offsets of the 120 nearest pixels (to the left, above), in the order of their codes (RFC 9649, 3.7.2.2). */
const nearOffsets =
  '0,1 1,0 1,1 -1,1 0,2 2,0 1,2 -1,2 2,1 -2,1 2,2 -2,2 0,3 3,0 1,3 -1,3 3,1 -3,1 2,3 -2,3 3,2 -3,2 0,4 4,0 1,4 -1,4 4,1 -4,1 3,3 -3,3 ' +
  '2,4 -2,4 4,2 -4,2 0,5 3,4 -3,4 4,3 -4,3 5,0 1,5 -1,5 5,1 -5,1 2,5 -2,5 5,2 -5,2 4,4 -4,4 3,5 -3,5 5,3 -5,3 0,6 6,0 1,6 -1,6 6,1 -6,1 ' +
  '2,6 -2,6 6,2 -6,2 4,5 -4,5 5,4 -5,4 3,6 -3,6 6,3 -6,3 0,7 7,0 1,7 -1,7 5,5 -5,5 7,1 -7,1 4,6 -4,6 6,4 -6,4 2,7 -2,7 7,2 -7,2 3,7 -3,7 ' +
  '7,3 -7,3 5,6 -5,6 6,5 -6,5 8,0 4,7 -4,7 7,4 -7,4 8,1 8,2 6,6 -6,6 8,3 5,7 -5,7 7,5 -7,5 8,4 6,7 -6,7 7,6 -7,6 8,5 7,7 -7,7 8,6 8,7';
let near: (readonly [number, number])[] | undefined;

/** Says that the data cannot be followed. */
class DamagedData extends Error {}

type PrefixCodes = readonly [green: SymbolReader, red: SymbolReader, blue: SymbolReader, alpha: SymbolReader, distance: SymbolReader];

/**
 * Decodes a lossless WebP (chunk `VP8L`; RFC 9649, 3). Canvases would multiply its colours with their opacity.
 *
 * @param pause called now and then, to let other work run
 * @returns RGBA of 8 bits, row by row; undefined if the data is damaged or cut off
 */
export async function decodeVp8l(data: Uint8Array, width: number, height: number, pause: () => Promise<void>): Promise<Uint8Array | undefined> {
  const bits = new BitReader(data, headerBytes);
  try {
    const pixels = await readPicture(bits, width, height, pause);
    if (bits.isOver) return undefined;
    const rgba = new Uint8Array(width * height * 4);
    for (let i = 0, to = 0; i < pixels.length; i++, to += 4) {
      if (i % pixelsAtATime === 0) await pause();
      const colour = pixels[i]!;
      rgba[to] = colour >>> 16;
      rgba[to + 1] = colour >>> 8;
      rgba[to + 2] = colour;
      rgba[to + 3] = colour >>> 24;
    }
    return rgba;
  } catch (error) {
    if (error instanceof DamagedData) return undefined;
    throw error;
  }
}

async function readPicture(bits: BitReader, width: number, height: number, pause: () => Promise<void>): Promise<Uint32Array> {
  const transforms: Transform[] = [];
  let across = width;
  while (bits.read(1) === 1) {
    const kind = bits.read(2);
    if (transforms.length === 4) throw new DamagedData();
    if (kind === 2) transforms.push({ kind: 'green', width: across });
    else if (kind === 3) {
      const table = await readImage(bits, bits.read(8) + 1, 1, false, pause);
      for (let i = 1; i < table.length; i++) table[i] = addColours(table[i]!, table[i - 1]!);
      const packing = table.length <= 2 ? 3 : table.length <= 4 ? 2 : table.length <= 16 ? 1 : 0;
      transforms.push({ kind: 'palette', bits: packing, table, width: across });
      across = Math.ceil(across / (1 << packing));
    } else {
      const size = bits.read(3) + 2;
      const blocks = await readImage(bits, Math.ceil(across / (1 << size)), Math.ceil(height / (1 << size)), false, pause);
      transforms.push({ kind: kind === 0 ? 'predictor' : 'colour', bits: size, blocks, width: across });
    }
  }
  let pixels = await readImage(bits, across, height, true, pause);
  for (const transform of transforms.reverse()) pixels = await undoTransform(transform, pixels, height, pause);
  return pixels;
}

/** Reads an image coded with prefix codes; only the picture itself may have several groups of them. */
async function readImage(bits: BitReader, width: number, height: number, main: boolean, pause: () => Promise<void>): Promise<Uint32Array> {
  const cacheBits = bits.read(1) === 1 ? bits.read(4) : 0;
  if (cacheBits > 11) throw new DamagedData();
  const cache = new Uint32Array(cacheBits > 0 ? 1 << cacheBits : 0);
  const groupBits = main && bits.read(1) === 1 ? bits.read(3) + 2 : 0;
  const groupsAcross = Math.ceil(width / (1 << groupBits));
  const groupOf = groupBits > 0 ? await readImage(bits, groupsAcross, Math.ceil(height / (1 << groupBits)), false, pause) : undefined;
  const groups: PrefixCodes[] = [];
  const last = groupOf ? groupOf.reduce((most, pixel) => Math.max(most, (pixel >>> 8) & 0xffff), 0) : 0;
  for (let i = 0; i <= last; i++) groups.push(readCodes(bits, cache.length));
  const pixels = new Uint32Array(width * height);
  const remember = (colour: number): void => {
    if (cacheBits > 0) cache[Math.imul(0x1e35a7bd, colour) >>> (32 - cacheBits)] = colour;
  };
  let nextPause = 0;
  for (let at = 0; at < pixels.length; ) {
    if (at >= nextPause) {
      if (bits.isOver) throw new DamagedData();
      await pause();
      nextPause = at + 4096;
    }
    const row = Math.floor(at / width);
    const codes = groups[groupOf ? (groupOf[(row >> groupBits) * groupsAcross + ((at - row * width) >> groupBits)]! >>> 8) & 0xffff : 0]!;
    const symbol = codes[0](bits);
    if (symbol < literals) {
      const red = codes[1](bits);
      const blue = codes[2](bits);
      const colour = ((codes[3](bits) << 24) | (red << 16) | (symbol << 8) | blue) >>> 0;
      pixels[at++] = colour;
      remember(colour);
    } else if (symbol < literals + lengthCodes) {
      const length = readPrefixed(bits, symbol - literals);
      const distance = pixelDistance(readPrefixed(bits, codes[4](bits)), width);
      if (distance > at || at + length > pixels.length) throw new DamagedData();
      for (const end = at + length; at < end; at++) {
        pixels[at] = pixels[at - distance]!;
        remember(pixels[at]!);
      }
    } else {
      const colour = cache[symbol - literals - lengthCodes]!;
      pixels[at++] = colour;
      remember(colour);
    }
  }
  return pixels;
}

function readCodes(bits: BitReader, cached: number): PrefixCodes {
  const codes = [literals + lengthCodes + cached, 256, 256, 256, distanceCodes].map((symbols) => {
    const code = readPrefixCode(bits, symbols);
    if (!code || bits.isOver) throw new DamagedData();
    return code;
  });
  return codes as unknown as PrefixCodes;
}

/** A number from its prefix symbol and the bits that follow. */
function readPrefixed(bits: BitReader, symbol: number): number {
  if (symbol < 4) return symbol + 1;
  const extra = (symbol - 2) >> 1;
  return ((2 + (symbol & 1)) << extra) + bits.read(extra) + 1;
}

function pixelDistance(code: number, width: number): number {
  near ??= nearOffsets.split(' ').map((pair) => pair.split(',').map(Number) as [number, number]);
  if (code > near.length) return code - near.length;
  const [x, y] = near[code - 1]!;
  return Math.max(1, y * width + x);
}
