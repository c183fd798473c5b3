import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { createImage } from './create-image.ts';
import type { PixelImage } from './pixel-image.ts';
import { validateImage } from './validate-image.ts';

const good: PixelImage = { width: 2, height: 3, channels: 3, data: new Uint8Array(18), transfer: 'srgb' };

describe('validateImage', () => {
  it('accepts grey, colour, every sample type and alpha', () => {
    validateImage(good);
    validateImage({ ...good, channels: 1, data: new Float32Array(6), alpha: new Float32Array(6), transfer: 'linear' });
    validateImage({ ...good, data: new Uint16Array(18), alpha: new Uint16Array(6), icc: new Uint8Array(4) });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a zero width', { width: 0 }, 'image.width is 0'],
    ['a fractional height', { height: 1.5 }, 'image.height is 1.5'],
    ['a missing width', { width: undefined }, 'image.width is undefined'],
    ['four channels', { channels: 4 }, 'image.channels is 4'],
    ['a plain array', { data: Array(18).fill(0) }, 'image.data is an array'],
    ['clamped bytes', { data: new Uint8ClampedArray(18) }, 'image.data is Uint8ClampedArray'],
    ['too few samples', { data: new Uint8Array(17) }, '3 × 2 × 3 = 18'],
    ['alpha of another type', { alpha: new Float32Array(6) }, 'image.alpha is Float32Array; it must be a Uint8Array'],
    ['alpha of another size', { alpha: new Uint8Array(5) }, 'image.alpha.length is 5'],
    ['an unknown transfer', { transfer: 'gamma' }, 'image.transfer is gamma'],
    ['a profile that is no bytes', { icc: 'sRGB' }, 'image.icc is sRGB'],
  ])('names %s', (_, change, message) => {
    const bad = { ...good, ...change } as PixelImage;
    expect(() => validateImage(bad)).toThrow(message);
    expect(() => validateImage(bad)).toThrow(InvalidArgumentError);
  });

  it('refuses what is no object', () => {
    expect(() => validateImage(null as unknown as PixelImage, 'input')).toThrow('input is null');
  });
});

describe('createImage', () => {
  it('fills in defaults', () => {
    const image = createImage({ width: 2, height: 2 });
    expect(image).toEqual({ width: 2, height: 2, channels: 3, data: new Uint8Array(12), transfer: 'srgb' });
  });

  it('takes arrays over without copying', () => {
    const data = new Uint16Array(4);
    const alpha = new Uint16Array(4);
    const image = createImage({ width: 2, height: 2, channels: 1, data, alpha, transfer: 'linear', metadata: { density: 72 } });
    expect(image.data).toBe(data);
    expect(image.alpha).toBe(alpha);
    expect(image.metadata).toEqual({ density: 72 });
  });

  it('refuses sizes that make no picture', () => {
    expect(() => createImage({ width: -1, height: 2 })).toThrow(InvalidArgumentError);
    expect(() => createImage({ width: 2, height: NaN })).toThrow('image.height is NaN');
    expect(() => createImage({ width: 2, height: 2, data: new Uint8Array(3) })).toThrow(InvalidArgumentError);
  });
});
