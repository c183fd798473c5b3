import type { BitReader } from './bit-reader.ts';

/** Reads one symbol. */
export type SymbolReader = (bits: BitReader) => number;

const quickBits = 8;
const longest = 15;

/** The low `count` bits of a value in reverse order. */
export function reverseBits(value: number, count: number): number {
  let reversed = 0;
  for (let i = 0; i < count; i++) reversed |= ((value >> i) & 1) << (count - 1 - i);
  return reversed;
}

/** Canonical codes of symbols with these lengths (0 for unused ones), first bit highest. */
export function canonicalCodes(lengths: ArrayLike<number>): Uint16Array {
  const counts = new Uint16Array(longest + 2);
  for (let i = 0; i < lengths.length; i++) if (lengths[i]! > 0) counts[lengths[i]!]!++;
  const next = new Uint16Array(longest + 2);
  for (let length = 1; length <= longest; length++) next[length + 1] = (next[length]! + counts[length]!) << 1;
  return Uint16Array.from(lengths, (length) => (length > 0 ? next[length]!++ : 0));
}

/**
 * A reader of a canonical prefix code, by table for short codes.
 * @returns undefined if the lengths do not make a complete code
 */
function symbolReader(lengths: ArrayLike<number>): SymbolReader | undefined {
  const used = Array.from(lengths, (length, symbol) => ({ length, symbol })).filter(({ length }) => length > 0);
  if (used.length === 1) return () => used[0]!.symbol;
  if (used.reduce((sum, { length }) => sum + 2 ** -length, 0) !== 1) return undefined;
  const codes = canonicalCodes(lengths);
  const quick = new Int32Array(1 << quickBits).fill(-1);
  const long = new Map<number, number>();
  for (const { length, symbol } of used) {
    const code = reverseBits(codes[symbol]!, length);
    if (length > quickBits) long.set((length << 16) | code, symbol);
    else for (let i = code; i < quick.length; i += 1 << length) quick[i] = (symbol << 4) | length;
  }
  return (bits) => {
    const entry = quick[bits.peek(quickBits)]!;
    if (entry >= 0) {
      bits.skip(entry & 15);
      return entry >> 4;
    }
    for (let length = quickBits + 1; length <= longest; length++) {
      const symbol = long.get((length << 16) | bits.peek(length));
      if (symbol === undefined) continue;
      bits.skip(length);
      return symbol;
    }
    return 0;
  };
}

/** The order in which the lengths of the code that codes lengths are stored. */
export const lengthOrder: readonly number[] = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/**
 * Reads a prefix code (RFC 9649, 3.7.2.1).
 * @returns undefined if it is damaged
 */
export function readPrefixCode(bits: BitReader, symbols: number): SymbolReader | undefined {
  const lengths = new Uint8Array(symbols);
  if (bits.read(1) === 1) {
    const two = bits.read(1) === 1;
    const first = bits.read(bits.read(1) === 1 ? 8 : 1);
    lengths[first] = 1;
    if (two) lengths[bits.read(8)] = 1;
    return symbolReader(lengths);
  }
  const ofLengths = new Uint8Array(19);
  const stored = 4 + bits.read(4);
  for (let i = 0; i < stored; i++) ofLengths[lengthOrder[i]!] = bits.read(3);
  const read = symbolReader(ofLengths);
  if (!read) return undefined;
  let left = bits.read(1) === 1 ? 2 + bits.read(2 + 2 * bits.read(3)) : symbols;
  let before = 8;
  for (let i = 0; i < symbols && left > 0; left--) {
    const symbol = read(bits);
    if (symbol < 16) {
      lengths[i++] = symbol;
      if (symbol > 0) before = symbol;
      continue;
    }
    const count = symbol === 16 ? 3 + bits.read(2) : symbol === 17 ? 3 + bits.read(3) : 11 + bits.read(7);
    lengths.fill(symbol === 16 ? before : 0, i, Math.min(symbols, i + count));
    i += count;
  }
  return symbolReader(lengths);
}
