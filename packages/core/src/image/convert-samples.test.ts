import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertSampleArray, convertSamples } from './convert-samples.ts';
import { createImage } from './create-image.ts';

const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
const words = Uint16Array.from({ length: 65536 }, (_, i) => i);

describe('convertSampleArray', () => {
  it('gives every 8-bit level back through 16 bit and float', () => {
    expect(convertSampleArray(convertSampleArray(bytes, 'uint16'), 'uint8')).toEqual(bytes);
    expect(convertSampleArray(convertSampleArray(bytes, 'float32'), 'uint8')).toEqual(bytes);
  });

  it('gives every 16-bit level back through float', () => {
    expect(convertSampleArray(convertSampleArray(words, 'float32'), 'uint16')).toEqual(words);
  });

  it('rounds 16 bit to the nearest 8-bit level', () => {
    expect(convertSampleArray(words, 'uint8')).toEqual(Uint8Array.from(words, (value) => Math.round((value / 65535) * 255)));
  });

  it('maps the ends of the ranges onto each other', () => {
    expect([...convertSampleArray(Uint8Array.of(0, 255), 'uint16')]).toEqual([0, 65535]);
    expect([...convertSampleArray(Uint8Array.of(0, 255), 'float32')]).toEqual([0, 1]);
    expect([...convertSampleArray(Float32Array.of(0, 1), 'uint16')]).toEqual([0, 65535]);
  });

  it('clamps what is out of range and makes NaN 0', () => {
    const wild = Float32Array.of(NaN, -Infinity, Infinity, -0.1, 1.1, -1e-30, 0.5);
    expect([...convertSampleArray(wild, 'uint8')]).toEqual([0, 0, 255, 0, 255, 0, 128]);
    expect([...convertSampleArray(wild, 'uint16')]).toEqual([0, 0, 65535, 0, 65535, 0, 32768]);
  });

  it('is within half a level of any float', () => {
    fc.assert(
      fc.property(fc.float({ min: 0, max: 1, noNaN: true }), (value) => {
        const [byte] = convertSampleArray(Float32Array.of(value), 'uint8');
        expect(Math.abs(byte! - value * 255)).toBeLessThanOrEqual(0.5);
      }),
    );
  });
});

describe('convertSamples', () => {
  const image = createImage({
    width: 1, height: 1, channels: 1, data: Uint8Array.of(51), alpha: Uint8Array.of(255), icc: Uint8Array.of(1), metadata: { density: 300 },
  });

  it('converts alpha along and keeps the rest', () => {
    const converted = convertSamples(image, 'uint16');
    expect(converted).toEqual({ ...image, data: Uint16Array.of(51 * 257), alpha: Uint16Array.of(65535) });
  });

  it('returns the picture itself when nothing is to do', () => {
    expect(convertSamples(image, 'uint8')).toBe(image);
  });
});
