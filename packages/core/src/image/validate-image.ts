import { InvalidArgumentError } from '../errors/index.ts';
import type { PixelImage } from './pixel-image.ts';
import { sampleTypeOf } from './samples.ts';

const isSampleArray = (value: unknown): boolean =>
  value instanceof Uint8Array || value instanceof Uint16Array || value instanceof Float32Array;

function describe(value: unknown): string {
  if (ArrayBuffer.isView(value)) return value.constructor.name;
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/**
 * Checks that a value keeps the `PixelImage` contract: whole sizes ≥ 1, 1 or 3 channels, `data` of
 * `height × width × channels` samples, `alpha` (if any) of `height × width` samples of the same array type,
 * a known transfer, and `icc` as bytes. Sample values are not looked at.
 *
 * @param name how the message calls the image
 * @throws InvalidArgumentError naming the first field that is wrong, its value and what is allowed
 */
export function validateImage(image: PixelImage, name = 'image'): void {
  const fail = (field: string, value: unknown, allowed: string): never => {
    throw new InvalidArgumentError(`${name}.${field} is ${describe(value)}; it must be ${allowed}.`, {
      details: { field, value: ArrayBuffer.isView(value) ? describe(value) : value },
    });
  };
  const given: unknown = image;
  if (typeof given !== 'object' || given === null) {
    throw new InvalidArgumentError(`${name} is ${describe(given)}; it must be a PixelImage.`);
  }
  const { width, height, channels, data, alpha, transfer, icc } = image;
  if (!Number.isSafeInteger(width) || width < 1) fail('width', width, 'a whole number of pixels ≥ 1');
  if (!Number.isSafeInteger(height) || height < 1) fail('height', height, 'a whole number of rows ≥ 1');
  if ((channels as number) !== 1 && (channels as number) !== 3) {
    fail('channels', channels, '1 (grey) or 3 (RGB); opacity belongs in alpha');
  }
  if (!isSampleArray(data)) fail('data', data, 'a Uint8Array, Uint16Array or Float32Array');
  const length = width * height * channels;
  if (data.length !== length) {
    fail('data.length', data.length, `height × width × channels = ${height} × ${width} × ${channels} = ${length}`);
  }
  if (alpha !== undefined) {
    if (!isSampleArray(alpha) || sampleTypeOf(alpha) !== sampleTypeOf(data)) {
      fail('alpha', alpha, `a ${describe(data)} like data`);
    }
    if (alpha.length !== width * height) {
      fail('alpha.length', alpha.length, `height × width = ${height} × ${width} = ${width * height}`);
    }
  }
  if ((transfer as string) !== 'srgb' && (transfer as string) !== 'linear') fail('transfer', transfer, `'srgb' or 'linear'`);
  if (icc !== undefined && !(icc instanceof Uint8Array)) fail('icc', icc, 'a Uint8Array');
}
