import type { Bytes } from '../bytes.ts';
import { BitWriter } from './bit-writer.ts';
import { codeLengths } from './code-lengths.ts';
import { predictAt, subtractColours } from './predict.ts';
import { canonicalCodes, lengthOrder, reverseBits } from './prefix-code.ts';

const literals = 256;
const alphabets = [280, 256, 256, 256, 40] as const;
/** Predictors tried for each block: none of them is best for all pictures. */
const modes = [1, 2, 7, 11, 12];
const blockBits = 5;
const pixelsAtATime = 2 ** 14;
const longestRun = 4096;
const shortestRun = 4;
/** The code of the pixel to the left. */
const leftDistance = 2;
/** Most bits of a length that the code of lengths codes: the sixteen lengths 0–15 with four bits each. */
const lengthBits = 4;

/** What a run of pixels becomes: a literal, or as many copies of the pixel before. */
type Emit = (colour: number, copies: number) => void;

/**
 * Encodes a picture as lossless WebP (chunk `VP8L`; RFC 9649, 3): green taken from red and blue, the best of five
 * predictors for each block, runs, prefix codes. Exact in every browser and for translucent pixels, unlike canvases.
 *
 * @param pixels ARGB; overwritten
 * @param alpha whether to declare that there is opacity
 * @param pause called now and then, to let other work run
 */
export async function encodeVp8l(
  pixels: Uint32Array, width: number, height: number, alpha: boolean, pause: () => Promise<void>,
): Promise<Bytes> {
  const bits = new BitWriter();
  bits.write(0x2f, 8);
  bits.write(width - 1, 14);
  bits.write(height - 1, 14);
  bits.write(alpha ? 1 : 0, 1);
  bits.write(0, 3);
  bits.write(0b101, 3);
  for (let i = 0; i < pixels.length; i++) {
    if (i % pixelsAtATime === 0) await pause();
    pixels[i] = subtractGreen(pixels[i]!);
  }
  const { blocks, residual } = await choosePredictors(pixels, width, height, pause);
  bits.write(0b001, 3);
  bits.write(blockBits - 2, 3);
  bits.write(0, 1);
  await writePixels(bits, blocks, pause);
  bits.write(0, 1);
  bits.write(0, 2);
  await writePixels(bits, residual, pause);
  return bits.finish();
}

function subtractGreen(colour: number): number {
  const green = (colour >>> 8) & 0xff;
  return subtractColours(colour, (green << 16) | green);
}

async function choosePredictors(
  pixels: Uint32Array, width: number, height: number, pause: () => Promise<void>,
): Promise<{ blocks: Uint32Array; residual: Uint32Array }> {
  const side = 1 << blockBits;
  const across = Math.ceil(width / side);
  const blocks = new Uint32Array(across * Math.ceil(height / side));
  const residual = new Uint32Array(pixels.length);
  for (let index = 0; index < blocks.length; index++) {
    await pause();
    const [left, top] = [(index % across) * side, Math.floor(index / across) * side];
    const eachPixel = (step: number, visit: (x: number, y: number) => void): void => {
      for (let y = top; y < Math.min(top + side, height); y += step) for (let x = left; x < Math.min(left + side, width); x += step) visit(x, y);
    };
    let best = modes[0]!;
    let least = Infinity;
    for (const mode of modes) {
      let sum = 0;
      // Every fourth pixel is enough to choose by.
      eachPixel(2, (x, y) => {
        sum += magnitude(subtractColours(pixels[y * width + x]!, predictAt(pixels, width, x, y, mode)));
      });
      if (sum < least) [least, best] = [sum, mode];
    }
    blocks[index] = (0xff000000 | (best << 8)) >>> 0;
    eachPixel(1, (x, y) => {
      residual[y * width + x] = subtractColours(pixels[y * width + x]!, predictAt(pixels, width, x, y, best));
    });
  }
  return { blocks, residual };
}

function magnitude(colour: number): number {
  let sum = 0;
  for (let shift = 0; shift < 32; shift += 8) {
    const byte = (colour >>> shift) & 0xff;
    sum += byte < 128 ? byte : 256 - byte;
  }
  return sum;
}

/** Prefix symbol of a number ≥ 1, and the bits that follow it. */
function prefixOf(value: number): { symbol: number; extra: number; bits: number } {
  if (value <= 4) return { symbol: value - 1, extra: 0, bits: 0 };
  const high = 31 - Math.clz32(value - 1);
  const second = ((value - 1) >> (high - 1)) & 1;
  return { symbol: 2 * high + second, bits: high - 1, extra: (value - 1) & ((1 << (high - 1)) - 1) };
}

async function eachRun(pixels: Uint32Array, emit: Emit, pause: () => Promise<void>): Promise<void> {
  let nextPause = 0;
  for (let at = 0; at < pixels.length; ) {
    if (at >= nextPause) {
      await pause();
      nextPause = at + 8192;
    }
    let copies = 0;
    if (at > 0) while (copies < longestRun && at + copies < pixels.length && pixels[at + copies] === pixels[at - 1]) copies++;
    if (copies < shortestRun) copies = 0;
    emit(pixels[at]!, copies);
    at += Math.max(1, copies);
  }
}

async function writePixels(bits: BitWriter, pixels: Uint32Array, pause: () => Promise<void>): Promise<void> {
  const counts = alphabets.map((symbols) => new Float64Array(symbols));
  const [greens, reds, blues, opacities, distances] = counts as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  await eachRun(pixels, (colour, copies) => {
    if (copies > 0) {
      greens[literals + prefixOf(copies).symbol]!++;
      distances[leftDistance - 1]!++;
      return;
    }
    greens[(colour >>> 8) & 0xff]!++;
    reds[(colour >>> 16) & 0xff]!++;
    blues[colour & 0xff]!++;
    opacities[colour >>> 24]!++;
  }, pause);
  const [green, red, blue, opacity, distance] = counts.map((count) => writeCode(bits, count)) as [Writer, Writer, Writer, Writer, Writer];
  await eachRun(pixels, (colour, copies) => {
    if (copies > 0) {
      const prefix = prefixOf(copies);
      green(literals + prefix.symbol);
      bits.write(prefix.extra, prefix.bits);
      distance(leftDistance - 1);
      return;
    }
    green((colour >>> 8) & 0xff);
    red((colour >>> 16) & 0xff);
    blue(colour & 0xff);
    opacity(colour >>> 24);
  }, pause);
}

type Writer = (symbol: number) => void;

/** Writes a prefix code for these counts; its writer writes symbols. */
function writeCode(bits: BitWriter, counts: Float64Array): Writer {
  const used = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  if (used <= 1) {
    const only = Math.max(0, counts.findIndex((count) => count > 0));
    bits.write(0b101, 3);
    bits.write(only, 8);
    return () => undefined;
  }
  const lengths = codeLengths(counts);
  bits.write(0, 1);
  bits.write(lengthOrder.length - 4, 4);
  for (const symbol of lengthOrder) bits.write(symbol < 16 ? lengthBits : 0, 3);
  bits.write(0, 1);
  for (const length of lengths) bits.write(reverseBits(length, lengthBits), lengthBits);
  const codes = canonicalCodes(lengths).map((code, symbol) => reverseBits(code, lengths[symbol]!));
  return (symbol) => bits.write(codes[symbol]!, lengths[symbol]!);
}
