import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AbortedError, InvalidArgumentError } from '../errors/index.ts';
import { createImage } from '../image/index.ts';
import type { PixelImage } from '../image/index.ts';
import reference from './fixtures/blur.json' with { type: 'json' };
import { readFloats, worstDifference } from './fixtures/read-floats.ts';
import { addNoise, convolve, gaussianPsf, heatBlur, inverseHeat } from './index.ts';
import { createRandom } from './seeded-random.ts';

const plane = (width: number, height: number, value: (x: number, y: number) => number): PixelImage => {
  const data = Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)));
  return createImage({ width, height, channels: 1, data, transfer: 'linear' });
};

/** Soft disks of different brightness: edges, flats and details. */
const scene = plane(96, 80, (x, y) => {
  const disk = (cx: number, cy: number, radius: number): number => Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x - cx, y - cy)));
  return 0.2 + 0.6 * disk(30, 30, 18) - 0.3 * disk(34, 26, 6) + 0.5 * disk(70, 50, 9) + 0.1 * ((x >> 2) & 1) * disk(60, 20, 12);
});

const error = (a: PixelImage, b: PixelImage): number =>
  Math.sqrt(Array.from(a.data).reduce((sum, value, i) => sum + (value - b.data[i]!) ** 2, 0) / a.data.length);

const heat = reference.heat;
const start = createImage({ width: heat.width, height: heat.height, channels: 1, data: readFloats(heat.plane), transfer: 'linear' });
const sigma = Math.sqrt(2 * heat.steps * heat.timeStep);

describe('heatBlur', () => {
  it('makes the steps of the difference equation as SciPy does, within 1e-6', () => {
    expect(worstDifference(heatBlur(start, { sigma }).data, readFloats(heat.data))).toBeLessThan(1e-6);
  });

  it('comes to a Gaussian: a point spreads by sigma along both axes, into its shape', () => {
    for (const [width, timeStep] of [[2, 0.25], [3, 0.1], [3.3, 0.2]] as const) {
      const side = 61;
      const { data } = heatBlur(plane(side, side, (x, y) => (x === 30 && y === 30 ? 1 : 0)), { sigma: width, timeStep });
      let variance = 0;
      data.forEach((value, i) => (variance += value * ((i % side) - 30) ** 2));
      expect(variance).toBeCloseTo(width ** 2, 3);
    }
  });

  it('agrees with the Gaussian PSF on a picture within 0.02', async () => {
    const gaussian = await convolve(scene, gaussianPsf(3));
    expect(worstDifference(heatBlur(scene, { sigma: 3 }).data, gaussian.data)).toBeLessThan(0.02);
  });

  it('keeps the mean and the range, whatever the sizes', () => {
    const side = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(side, side, fc.double({ min: 0.1, max: 4, noNaN: true }), fc.double({ min: 0.01, max: 0.25, noNaN: true }), (width, height, spread, timeStep) => {
        const random = createRandom(width * 31 + height);
        const image = plane(width, height, () => random.uniform());
        const mean = (picture: PixelImage): number => Array.from(picture.data).reduce((sum, value) => sum + value, 0) / picture.data.length;
        const result = heatBlur(image, { sigma: spread, timeStep });
        expect(mean(result)).toBeCloseTo(mean(image), 5);
        expect(Math.max(...result.data)).toBeLessThanOrEqual(Math.max(...image.data) + 1e-6);
        expect(Math.min(...result.data)).toBeGreaterThanOrEqual(Math.min(...image.data) - 1e-6);
      }),
    );
  });

  it('keeps alpha and sample type', () => {
    const alpha = Uint8Array.of(1, 2, 3, 4);
    const image = createImage({ width: 2, height: 2, data: Uint8Array.of(0, 0, 0, 255, 255, 255, 0, 0, 0, 255, 255, 255), alpha });
    const result = heatBlur(image, { sigma: 5 });
    expect(result.alpha).toEqual(alpha);
    expect([...result.data]).toEqual(Array(12).fill(188)); // half the light, encoded in sRGB
    expect(new Set(heatBlur(image, { sigma: 5, space: 'srgb' }).data)).toEqual(new Set([128]));
  });

  it.each([{ sigma: 0 }, { sigma: NaN }, { sigma: 1e4 }, { sigma: 1, timeStep: 0.26 }, { sigma: 1, timeStep: 0 }])('refuses %j', (options) => {
    expect(() => heatBlur(start, options)).toThrow(InvalidArgumentError);
  });
});

describe('inverseHeat', () => {
  it('solves the regularised least squares problem as SciPy does, within 1e-3', async () => {
    const blurred = createImage({ ...start, data: readFloats(heat.data) });
    const result = await inverseHeat(blurred, { sigma, regularisation: 0.01 });
    expect(worstDifference(result.data, readFloats(heat.inverse))).toBeLessThan(1e-3);
  });

  it('undoes the blur of a noisy picture, never exploding', async () => {
    for (const [noise, regularisation] of [[0.003, 0.001], [0.01, 0.01], [0.03, 0.1]] as const) {
      const blurred = addNoise(heatBlur(scene, { sigma: 1.6 }), { gaussian: noise }, { seed: 1 });
      const restored = await inverseHeat(blurred, { sigma: 1.6, regularisation });
      expect(error(restored, scene)).toBeLessThan(0.8 * error(blurred, scene));
    }
  });

  it('has no seams between tiles', async () => {
    const wave = (x: number): number => 0.5 + 0.3 * Math.sin(x * 0.3) + (x > 800 ? 0.1 : 0);
    const wide = plane(1600, 9, wave);
    const narrow = plane(600, 9, (x) => wave(x + 500));
    const [whole, part] = await Promise.all([wide, narrow].map((image) => inverseHeat(image, { sigma: 1.5 })));
    const inner = (image: PixelImage, from: number): Float32Array => image.data.slice(4 * image.width + from, 4 * image.width + from + 400) as Float32Array;
    expect(worstDifference(inner(whole!, 600), inner(part!, 100))).toBeLessThan(1e-5);
  });

  it('keeps constants and refuses bad options', async () => {
    const flat = plane(10, 7, () => 0.4);
    expect(worstDifference((await inverseHeat(flat, { sigma: 2 })).data, flat.data)).toBeLessThan(1e-6);
    await expect(inverseHeat(flat, { sigma: 2, regularisation: 0 })).rejects.toThrow(InvalidArgumentError);
    await expect(inverseHeat(flat, { sigma: -1 })).rejects.toThrow(InvalidArgumentError);
    await expect(inverseHeat(flat, { sigma: 1, signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
  });
});
