import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { convertSamples } from '../image/convert-samples.ts';
import { crop } from '../image/crop.ts';
import { mirroredPicture } from './fixtures/mirrored-picture.ts';
import references from './fixtures/ms-ssim.json' with { type: 'json' };
import { msSsim } from './ms-ssim.ts';

const sharp = mirroredPicture('sharp', 256, 192);
const blurred = mirroredPicture('blurred', 256, 192);

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
