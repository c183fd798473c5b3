import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertSampleArray } from './convert-samples.ts';
import { toLinear, toSrgb } from './convert-transfer.ts';
import { createImage } from './create-image.ts';
import reference from './fixtures/image.json' with { type: 'json' };
import type { PixelImage, SampleArray, Transfer } from './pixel-image.ts';
import { linearToSrgb, srgbToLinear } from './srgb-transfer.ts';

const row = (data: SampleArray, transfer: Transfer = 'srgb'): PixelImage =>
  createImage({ width: data.length, height: 1, channels: 1, data, transfer });
const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);

describe('srgbToLinear and linearToSrgb', () => {
  it('agree with scikit-image at all 8-bit levels', () => {
    reference.curve.forEach((linear, level) => {
      expect(srgbToLinear(level / 255)).toBeCloseTo(linear, 8);
      expect(linearToSrgb(linear)).toBeCloseTo(level / 255, 6);
    });
  });

  it('are inverse to each other, beyond [0,1] too', () => {
    fc.assert(
      fc.property(fc.double({ min: -2, max: 4, noNaN: true }), (value) => {
        expect(Math.abs(linearToSrgb(srgbToLinear(value)) - value)).toBeLessThan(5e-8);
      }),
    );
  });

  it('keep order', () => {
    fc.assert(
      fc.property(fc.double({ min: -2, max: 4, noNaN: true }), fc.double({ min: 1e-6, max: 1, noNaN: true }), (value, step) => {
        expect(srgbToLinear(value + step)).toBeGreaterThan(srgbToLinear(value));
      }),
    );
  });
});

describe('toLinear and toSrgb', () => {
  it('use the curve for short and long pictures of every type', () => {
    const long = new Uint8Array(5000).map((_, i) => i % 256);
    for (const data of [bytes.subarray(0, 20), long, convertSampleArray(long, 'uint16'), convertSampleArray(long, 'float32')]) {
      const linear = toLinear(row(data));
      expect(linear.transfer).toBe('linear');
      const errors = Array.from(linear.data, (value, i) => Math.abs(value - reference.curve[i % 256]!));
      expect(Math.max(...errors)).toBeLessThan(1e-6);
    }
  });

  it('give every level back', () => {
    expect(toSrgb(toLinear(row(bytes)), 'uint8').data).toEqual(bytes);
    expect(toSrgb(toLinear(row(bytes), 'uint16'), 'uint8').data).toEqual(bytes);
    const levels = Uint16Array.from({ length: 65536 }, (_, i) => i);
    expect(toSrgb(toLinear(row(levels)), 'uint16').data).toEqual(levels);
  });

  it('lose levels in 8 linear bits, as the documentation warns', () => {
    expect([...toLinear(row(bytes), 'uint8').data].filter((value) => value <= 1)).toHaveLength(18);
  });

  it('keep floats beyond [0,1]', () => {
    const wild = row(Float32Array.of(-0.5, 1.5));
    const back = toSrgb(toLinear(wild)).data;
    expect(back[0]).toBeCloseTo(-0.5, 6);
    expect(back[1]).toBeCloseTo(1.5, 6);
  });

  it('only convert samples if the transfer is there already, and never curve alpha', () => {
    const image = createImage({ width: 1, height: 1, channels: 1, data: Uint8Array.of(128), alpha: Uint8Array.of(128), icc: bytes });
    expect(toSrgb(image, 'uint8')).toBe(image);
    const linear = toLinear(image);
    expect(linear.alpha![0]).toBeCloseTo(128 / 255, 7);
    expect(linear.icc).toBe(bytes);
  });
});
