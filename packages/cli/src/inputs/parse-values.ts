import { InvalidArgumentError } from 'commander';
import type { RunOptions, Transfer } from '@deblur/core';

/** A whole number ≥ 0. */
export function parseInteger(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** A whole number ≥ 1. */
export function parseCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.');
  return Number(text);
}

/** A number from 0 to 1. */
export function parseFraction(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}

/** A working scale. */
export function parseScale(text: string): NonNullable<RunOptions['scale']> {
  if (text === 'auto') return 'auto';
  const [, numerator, denominator] = /^(1)\/([1-4])$/.exec(text) ?? [];
  const value = numerator ? 1 / Number(denominator) : Number(text);
  if ([1, 0.5, 1 / 3, 0.33, 0.25].includes(value)) return value;
  throw new InvalidArgumentError('It must be 1, 1/2, 1/3, 1/4 or auto.');
}

const units: Readonly<Record<string, number>> = { '': 1, B: 1, K: 2 ** 10, KB: 1e3, M: 2 ** 20, MB: 1e6, G: 2 ** 30, GB: 1e9 };

/** A number of bytes: `800000000`, `800MB`, `1G`, `0.5GiB`. */
export function parseBytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text);
  const unit = units[match?.[2].toUpperCase().replace('IB', '') ?? ''];
  if (!match || unit === undefined || Number(match[1]) === 0) throw new InvalidArgumentError('It must be a size such as 800MB or 1GiB.');
  return Math.round(Number(match[1]) * unit);
}

/** A space in which blur adds up. */
export function parseSpace(text: string): Transfer {
  if (text === 'linear' || text === 'srgb') return text;
  throw new InvalidArgumentError('It must be linear or srgb.');
}

/** A pixel such as `120,80`. */
export function parsePixel(text: string): { readonly x: number; readonly y: number } {
  const match = /^(\d+),(\d+)$/.exec(text);
  if (!match) throw new InvalidArgumentError('It must be a pixel such as 120,80, counted from the upper left one, 0,0.');
  return { x: Number(match[1]), y: Number(match[2]) };
}

/** A size such as `1280x720`. */
export function parseSize(text: string): { readonly width: number; readonly height: number } {
  const match = /^([1-9]\d*)[x×]([1-9]\d*)$/.exec(text);
  if (!match) throw new InvalidArgumentError('It must be a size such as 1280x720.');
  return { width: Number(match[1]), height: Number(match[2]) };
}

/** One more `name=number` beside those given before. */
export function parseNamedNumber(text: string, earlier: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const match = /^(.+)=([^=]+)$/.exec(text);
  if (!match || !Number.isFinite(Number(match[2]))) throw new InvalidArgumentError('It must be a name and a number, such as sigma=0.1.');
  return { ...earlier, [match[1]!]: Number(match[2]) };
}
