import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { convertSamples } from '../image/convert-samples.ts';
import { createImage } from '../image/create-image.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { alignedPsnr } from './aligned-psnr.ts';
import { comparePixels } from './compare-pixels.ts';
import { findShift } from './find-shift.ts';
import reference from './fixtures/metrics.json' with { type: 'json' };
import { psnr } from './psnr.ts';
import { ssim } from './ssim.ts';
import type { SsimVariant } from './ssim.ts';

const decode = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const variants = ['wang', 'wang-luma', 'skimage-default', 'matlab-rgb'] as const satisfies readonly SsimVariant[];

const { width, height } = reference.pair;
const sharp = createImage({ width, height, data: decode(reference.pair.sharp) });
const blurred = createImage({ width, height, data: decode(reference.pair.blurred) });
const green = ({ data }: PixelImage): PixelImage =>
  createImage({ width, height, channels: 1, data: data.filter((_, i) => i % 3 === 1) });
const flat = createImage({ width, height, data: new Uint8Array(sharp.data.length).fill(77) });

describe.each(reference.pair.figures)('against scikit-image: crop $crop, $channels channels', ({ crop, channels, ...figures }) => {
  const [a, b] = channels === 3 ? [sharp, blurred] : [green(sharp), green(blurred)];

  it('psnr', () => {
    expect(Math.abs(psnr(a, b, { crop }) - figures.psnr)).toBeLessThan(1e-6);
  });

  it.each(variants)('ssim %s', (variant) => {
    expect(Math.abs(ssim(a, b, { variant, crop }) - figures[variant])).toBeLessThan(1e-6);
  });
});

describe('psnr and ssim', () => {
  it('do not depend on the sample type', () => {
    const [a, b] = [convertSamples(sharp, 'uint16'), convertSamples(blurred, 'float32')];
    expect(psnr(a, b)).toBeCloseTo(psnr(sharp, blurred), 4);
    for (const variant of variants) expect(ssim(a, b, { variant })).toBeCloseTo(ssim(sharp, blurred, { variant }), 5);
  });

  it('are symmetric', () => {
    expect(psnr(blurred, sharp)).toBe(psnr(sharp, blurred));
    for (const variant of variants) expect(ssim(blurred, sharp, { variant })).toBeCloseTo(ssim(sharp, blurred, { variant }), 12);
  });

  it('call identical pictures perfect', () => {
    for (const image of [sharp, flat]) {
      expect(psnr(image, image)).toBe(Infinity);
      for (const variant of variants) expect(ssim(image, image, { variant })).toBeCloseTo(1, 12);
    }
  });

  it('use the peak', () => {
    expect(psnr(sharp, blurred, { peak: 10 })).toBeCloseTo(psnr(sharp, blurred) + 20, 10);
  });

  it('ignore what is cropped away', () => {
    const changed = { ...blurred, data: blurred.data.map((value, i) => (i < 3 * width || i % (3 * width) < 3 ? 0 : value)) };
    expect(psnr(sharp, changed, { crop: 1 })).toBe(psnr(sharp, blurred, { crop: 1 }));
    for (const variant of variants) expect(ssim(sharp, changed, { variant, crop: 1 })).toBe(ssim(sharp, blurred, { variant, crop: 1 }));
  });

  it('refuse pictures that cannot be compared, saying why', () => {
    const small = createImage({ width: 8, height: 9, data: new Uint8Array(216) });
    for (const measure of [psnr, ssim, alignedPsnr, comparePixels]) {
      expect(() => measure(sharp, small)).toThrow('64×48 with 3 channel(s), the other 8×9');
      expect(() => measure(sharp, green(sharp))).toThrow(InvalidArgumentError);
      expect(() => measure(sharp, { ...sharp, transfer: 'linear' })).toThrow('toSrgb or toLinear');
    }
    expect(() => ssim(small, small)).toThrow('fewer than 11 pixel(s)');
    expect(() => ssim(small, small, { variant: 'skimage-default', crop: 1 })).toThrow('fewer than 7 pixel(s)');
    expect(ssim(small, small, { variant: 'matlab-rgb' })).toBeCloseTo(1, 12);
    expect(() => psnr(small, small, { crop: 4 })).toThrow(InvalidArgumentError);
    expect(() => psnr(small, small, { crop: 0.5 })).toThrow('crop is 0.5');
    expect(() => psnr(small, small, { peak: 0 })).toThrow('peak is 0');
    expect(() => ssim(sharp, sharp, { variant: 'luma' as SsimVariant })).toThrow('variant is luma');
  });

  it('refuse samples that are not finite', () => {
    for (const value of [NaN, Infinity]) {
      const broken = convertSamples(sharp, 'float32');
      broken.data[3 * (20 * width + 30)] = value;
      for (const measure of [psnr, ssim, alignedPsnr]) expect(() => measure(broken, sharp)).toThrow('NaN or infinite');
    }
  });
});

describe('alignedPsnr and findShift', () => {
  const { size, cases } = reference.aligned;
  const image = (text: string): PixelImage => createImage({ width: size, height: size, channels: 1, data: decode(text) });
  const target = image(reference.aligned.sharp);

  it.each(cases)('agree with the FFT reference: $source moved by $fine quarters', ({ image: text, psnr: expected, dx, dy }) => {
    const found = findShift(image(text), target);
    expect(Math.abs(found.psnr - expected)).toBeLessThan(1e-3);
    expect(found.shift).toEqual({ x: dx, y: dy });
    expect(alignedPsnr(image(text), target)).toBe(found.psnr);
  });

  it('are no worse than without moving, and find whole shifts of colour pictures exactly', () => {
    expect(alignedPsnr(blurred, sharp, { crop: 8 })).toBeGreaterThanOrEqual(psnr(blurred, sharp, { crop: 8 }));
    const moved = { ...sharp, data: sharp.data.map((_, i) => sharp.data[i + 3 * (2 * width - 3)] ?? 0) };
    expect(findShift(moved, sharp, { crop: 6 })).toEqual({ psnr: Infinity, shift: { x: -3, y: 2 } });
    expect(findShift(flat, flat)).toEqual({ psnr: Infinity, shift: { x: 0, y: 0 } });
  });
});

describe('comparePixels', () => {
  it('finds the largest difference and its place', () => {
    const data = Uint8Array.from(sharp.data);
    const place = 3 * (10 * width + 7) + 2;
    data[place] = data[place]! < 128 ? data[place]! + 51 : data[place]! - 51;
    const result = comparePixels(sharp, { ...sharp, data });
    expect(result.maximum).toBeCloseTo(0.2, 12);
    expect(result.mean).toBeCloseTo(0.2 / data.length, 12);
    expect(result.at).toEqual({ x: 7, y: 10, channel: 2 });
    expect(result.psnr).toBeCloseTo(psnr(sharp, { ...sharp, data }), 9);
  });

  it('counts equal samples that are not finite as equal, others as infinitely far', () => {
    const row = (...values: number[]): PixelImage =>
      createImage({ width: values.length, height: 1, channels: 1, data: Float32Array.from(values) });
    expect(comparePixels(row(NaN, Infinity, 0.5), row(NaN, Infinity, 0.5))).toMatchObject({ maximum: 0, psnr: Infinity });
    expect(comparePixels(row(0.5, NaN), row(0.5, 0.5))).toMatchObject({ maximum: Infinity, psnr: -Infinity, at: { x: 1 } });
    expect(comparePixels(row(0.5, Infinity), row(0.5, -Infinity)).maximum).toBe(Infinity);
  });

  it('agrees with psnr on any pair', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 200 }), (data, step) => {
        const a = createImage({ width: data.length, height: 1, channels: 1, data });
        const b = { ...a, data: data.map((value) => (value + step) % 256) };
        expect(comparePixels(a, b).psnr).toBeCloseTo(psnr(a, b), 9);
      }),
    );
  });
});
