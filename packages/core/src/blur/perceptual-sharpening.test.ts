import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { createImage } from '../image/index.ts';
import type { PixelImage } from '../image/index.ts';
import { worstDifference } from './fixtures/read-floats.ts';
import { addNoise, convolve, directionalDiffusion, gaussianPsf, shockFilter } from './index.ts';

const width = 48;
const height = 40;

/** A slanted edge between two colours. */
const sharp = createImage({
  width, height, transfer: 'linear',
  data: Float32Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const bright = (pixel % width) + 0.5 * Math.floor(pixel / width) > 34;
    return bright ? [0.9, 0.6, 0.5][i % 3]! : [0.1, 0.2, 0.4][i % 3]!;
  }),
});

const channel = (image: PixelImage, which: number): number[] => Array.from(image.data).filter((_, i) => i % 3 === which);

/** Widest rise from 10 % to 90 % of a channel in one row. */
function riseWidth(image: PixelImage, y: number, which: number, low: number, high: number): number {
  const row = channel(image, which).slice(y * width, (y + 1) * width);
  return row.filter((value) => value > low + 0.1 * (high - low) && value < low + 0.9 * (high - low)).length;
}

const error = (a: PixelImage, b: PixelImage): number => Array.from(a.data).reduce((sum, value, i) => sum + (value - b.data[i]!) ** 2, 0);

describe.each([['shockFilter', shockFilter], ['directionalDiffusion', directionalDiffusion]] as const)('%s', (_, sharpen) => {
  it('makes a blurred edge steeper, all channels alike', async () => {
    const blurred = await convolve(sharp, gaussianPsf(2));
    const result = sharpen(blurred, { iterations: 20 });
    expect(riseWidth(blurred, 20, 0, 0.1, 0.9)).toBeGreaterThanOrEqual(5);
    expect(riseWidth(result, 20, 0, 0.1, 0.9)).toBeLessThanOrEqual(3);
    expect(riseWidth(result, 20, 1, 0.2, 0.6)).toBe(riseWidth(result, 20, 0, 0.1, 0.9));
    expect(error(result, sharp)).toBeLessThan(0.5 * error(blurred, sharp));
  });

  it('leaves constants and a ramp in the middle alone, keeps alpha and type', () => {
    const flat = createImage({ width: 9, height: 7, data: new Uint8Array(189).fill(77), alpha: new Uint8Array(63).fill(5) });
    expect(sharpen(flat).data).toEqual(flat.data);
    expect(sharpen(flat).alpha).toEqual(flat.alpha);
    const ramp = createImage({ width: 31, height: 5, channels: 1, transfer: 'linear', data: Float32Array.from({ length: 155 }, (_v, i) => (i % 31) / 64) });
    const result = sharpen(ramp, { iterations: 2, smoothing: 0 });
    expect(result.data[2 * 31 + 15]).toBeCloseTo(ramp.data[2 * 31 + 15]!, 6);
  });

  it('handles pictures of one pixel', () => {
    const one = createImage({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3) });
    expect([...sharpen(one).data]).toEqual([1, 2, 3]);
  });

  it.each([{ iterations: 0 }, { iterations: 1.5 }, { timeStep: 0.6 }, { timeStep: NaN }, { smoothing: -1 }, { smoothing: 100 }])('refuses %j', (options) => {
    expect(() => sharpen(sharp, options)).toThrow(InvalidArgumentError);
  });
});

describe('shockFilter', () => {
  it('makes no values that were not there', () => {
    const noisy = addNoise(sharp, { gaussian: 0.1 }, { clip: false });
    const result = shockFilter(noisy, { iterations: 30, timeStep: 0.5 });
    for (const which of [0, 1, 2]) {
      expect(Math.max(...channel(result, which))).toBeLessThanOrEqual(Math.max(...channel(noisy, which)) + 1e-6);
      expect(Math.min(...channel(result, which))).toBeGreaterThanOrEqual(Math.min(...channel(noisy, which)) - 1e-6);
    }
  });
});

describe('directionalDiffusion', () => {
  it('without a shock smooths noise along the edge and leaves the edge standing', () => {
    const noisy = addNoise(sharp, { gaussian: 0.05 }, { clip: false, seed: 2 });
    const result = directionalDiffusion(noisy, { sharpening: 0, iterations: 15, smoothing: 2 });
    expect(error(result, sharp)).toBeLessThan(0.6 * error(noisy, sharp));
    expect(riseWidth(result, 20, 0, 0.1, 0.9)).toBeLessThanOrEqual(3);
    expect(worstDifference(result.data, noisy.data)).toBeGreaterThan(0.01);
  });

  it.each([-0.1, 2, NaN])('refuses a sharpening of %s', (sharpening) => {
    expect(() => directionalDiffusion(sharp, { sharpening })).toThrow(InvalidArgumentError);
  });
});
