import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { convertSamples } from '../image/convert-samples.ts';
import { createImage } from '../image/create-image.ts';
import { crop } from '../image/crop.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import metrics from './fixtures/metrics.json' with { type: 'json' };
import references from './fixtures/ms-ssim.json' with { type: 'json' };
import { msSsim } from './ms-ssim.ts';

const { width, height } = metrics.pair;

/** A stored picture mirrored, edges repeated, as `reference/ms-ssim.py` does. */
function mirrored(stored: string): PixelImage {
  const data = new Uint8Array(Buffer.from(stored, 'base64'));
  const fold = (i: number, length: number): number => (i % (2 * length) < length ? i % length : length - 1 - (i % length));
  const large = new Uint8Array(4 * width * 4 * height * 3);
  for (let i = 0; i < large.length; i++) {
    const pixel = Math.floor(i / 3);
    large[i] = data[3 * (fold(Math.floor(pixel / (4 * width)), height) * width + fold(pixel % (4 * width), width)) + (i % 3)]!;
  }
  return createImage({ width: 4 * width, height: 4 * height, data: large });
}

const sharp = mirrored(metrics.pair.sharp);
const blurred = mirrored(metrics.pair.blurred);

describe('msSsim', () => {
  it.each(references)('agrees with pytorch-msssim on $width×$height', (reference) => {
    const area = { left: 0, top: 0, width: reference.width, height: reference.height };
    const [a, b] = [crop(sharp, area), crop(blurred, area)];
    for (const variant of ['wang', 'wang-luma'] as const) {
      expect(Math.abs(msSsim(a, b, { variant }) - reference[variant])).toBeLessThan(1e-6);
    }
  });

  it('is 1 for identical pictures, symmetric, and the same for every sample type', () => {
    expect(msSsim(sharp, sharp)).toBeCloseTo(1, 12);
    expect(msSsim(blurred, sharp)).toBeCloseTo(msSsim(sharp, blurred), 12);
    expect(msSsim(convertSamples(sharp, 'uint16'), convertSamples(blurred, 'float32'))).toBeCloseTo(msSsim(sharp, blurred), 5);
  });

  it('counts opposite structure as 0', () => {
    const negative = { ...sharp, data: sharp.data.map((value) => 255 - value) };
    expect(msSsim(sharp, negative)).toBe(0);
  });

  it('refuses what it cannot compare', () => {
    const small = crop(sharp, { left: 0, top: 0, width: 200, height: 175 });
    expect(() => msSsim(small, small)).toThrow('fewer than 176 pixel(s)');
    expect(() => msSsim(sharp, small)).toThrow(InvalidArgumentError);
    expect(() => msSsim(sharp, sharp, { crop: 9 })).toThrow('fewer than 176');
    expect(() => msSsim(sharp, sharp, { variant: 'luma' as 'wang' })).toThrow('variant is luma');
    const broken = convertSamples(sharp, 'float32');
    broken.data[3000] = NaN;
    expect(() => msSsim(broken, sharp)).toThrow('NaN or infinite');
  });
});
