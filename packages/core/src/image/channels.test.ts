import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { createImage } from './create-image.ts';
import reference from './fixtures/image.json' with { type: 'json' };
import { joinAlpha } from './join-alpha.ts';
import { splitAlpha } from './split-alpha.ts';
import { toGrey } from './to-grey.ts';
import { toRgb } from './to-rgb.ts';

const icc = Uint8Array.of(9);

describe('toGrey', () => {
  const data = Uint8Array.from(reference.colours.flat());
  const colour = createImage({ width: reference.colours.length, height: 1, data, icc, metadata: { density: 96 } });

  it('agrees with the luminance of scikit-image', () => {
    const linear = toGrey({ ...colour, data: Float32Array.from(data, (value) => value / 255), transfer: 'linear' });
    const weighted = reference.colours.map(([r, g, b]) => (0.212671 * r! + 0.71516 * g! + 0.072169 * b!) / 255);
    linear.data.forEach((value, i) => expect(value).toBeCloseTo(weighted[i]!, 4));
    const encoded = toGrey(colour);
    encoded.data.forEach((value, i) => {
      const level = reference.curve.findIndex((light) => light >= reference.luminance[i]!);
      expect(Math.abs(value - level)).toBeLessThanOrEqual(1);
    });
  });

  it('drops the profile, which is for RGB, and keeps metadata', () => {
    const grey = toGrey(colour);
    expect(grey.channels).toBe(1);
    expect(grey.icc).toBeUndefined();
    expect(grey.metadata).toEqual({ density: 96 });
  });

  it('gives grey back after toRgb, at every level', () => {
    const levels = createImage({ width: 256, height: 1, channels: 1, data: Uint8Array.from({ length: 256 }, (_, i) => i) });
    expect(toGrey(toRgb(levels)).data).toEqual(levels.data);
    const fine = createImage({ width: 65536, height: 1, channels: 1, data: Uint16Array.from({ length: 65536 }, (_, i) => i) });
    expect(toGrey(toRgb(fine)).data).toEqual(fine.data);
  });

  it('returns pictures that need no change themselves', () => {
    const grey = toGrey(colour);
    expect(toGrey(grey)).toBe(grey);
    expect(toRgb(colour)).toBe(colour);
  });
});

describe('splitAlpha and joinAlpha', () => {
  it('are inverse to each other for RGBA', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.constantFrom(Uint8Array, Uint16Array, Float32Array), (pixels, Type) => {
        const rgba = new Type(pixels * 4).map((_, i) => (i * 37) % 200);
        const { data, alpha } = splitAlpha(rgba, 4);
        expect(joinAlpha(createImage({ width: pixels, height: 1, data, alpha }))).toEqual(rgba);
      }),
    );
  });

  it('take grey and alpha apart, and repeat grey when joining', () => {
    const { data, alpha } = splitAlpha(Uint8Array.of(10, 200, 20, 100), 2);
    expect([...data]).toEqual([10, 20]);
    expect([...alpha]).toEqual([200, 100]);
    expect([...joinAlpha(createImage({ width: 2, height: 1, channels: 1, data, alpha }))]).toEqual([10, 10, 10, 200, 20, 20, 20, 100]);
  });

  it('make a picture without alpha opaque', () => {
    const opaque = (data: Uint8Array | Uint16Array | Float32Array): number =>
      joinAlpha(createImage({ width: 1, height: 1, channels: 1, data }))[3]!;
    expect([opaque(new Uint8Array(1)), opaque(new Uint16Array(1)), opaque(new Float32Array(1))]).toEqual([255, 65535, 1]);
  });

  it('refuse samples that are not whole pixels', () => {
    expect(() => splitAlpha(new Uint8Array(6), 4)).toThrow(InvalidArgumentError);
    expect(() => splitAlpha(new Uint8Array(6), 3 as 4)).toThrow('samples is 3');
  });
});
