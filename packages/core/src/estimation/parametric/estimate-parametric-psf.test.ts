import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blur } from '../../blur/blur.ts';
import { addNoise } from '../../blur/noise.ts';
import { AbortedError, InvalidArgumentError } from '../../errors/index.ts';
import { convertSamples } from '../../image/convert-samples.ts';
import { toSrgb } from '../../image/convert-transfer.ts';
import { createImage } from '../../image/create-image.ts';
import { toRgb } from '../../image/to-rgb.ts';
import type { PixelImage } from '../../image/pixel-image.ts';
import type { ProgressEvent } from '../../runtime/progress.ts';
import { drawScene } from './fixtures/draw-scene.ts';
import { estimateParametricPsf } from './index.ts';

const scene = drawScene(300, 4);
const small = drawScene(192, 6);
const flat = (width: number, height: number, value = 0.5): PixelImage => (
  createImage({ width, height, channels: 1, data: new Float32Array(width * height).fill(value), transfer: 'linear' })
);

describe('estimateParametricPsf recovers', () => {
  it.each([
    { length: 14.5, angle: 30 }, { length: 22, angle: 117 },
  ])('motion over $length px at $angle° within 3° and 10 %', async ({ length, angle }) => {
    const { psf, kernel, confidence, refused, candidates } = await estimateParametricPsf(await blur(scene, { psf: `motion:${length},${angle}`, noise: 0.01 }));
    expect(refused).toBeUndefined();
    if (psf?.kind !== 'motion') return expect.fail(`found ${psf?.kind}`);
    expect(Math.abs(psf.length / length - 1)).toBeLessThan(0.1);
    expect(Math.abs(((psf.angle - angle + 270) % 180) - 90)).toBeLessThan(3);
    expect(psf.angle).toBeGreaterThanOrEqual(0);
    expect(psf.angle).toBeLessThan(180);
    expect(confidence).toBeGreaterThan(0.9);
    expect(kernel!.data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    expect(candidates[0]!.psf).toEqual(psf);
    expect(candidates.map(({ score }) => score)).toEqual(candidates.map(({ score }) => score).sort((a, b) => b - a));
  });

  it('a disk within 10 %', async () => {
    const radius = 5.3;
    const { psf, confidence } = await estimateParametricPsf(await blur(scene, { psf: `disk:${radius}`, noise: 0.01 }));
    if (psf?.kind !== 'disk') return expect.fail(`found ${psf?.kind}`);
    expect(Math.abs(psf.radius / radius - 1)).toBeLessThan(0.1);
    expect(confidence).toBeGreaterThan(0.7);
  });

  it('a Gaussian within 15 %, and the noise within 25 %', async () => {
    const { psf, noise } = await estimateParametricPsf(await blur(scene, { psf: 'gaussian:2', noise: 0.01 }));
    if (psf?.kind !== 'gaussian') return expect.fail(`found ${psf?.kind}`);
    expect(Math.abs(psf.sigma / 2 - 1)).toBeLessThan(0.15);
    expect(Math.abs(noise / 0.01 - 1)).toBeLessThan(0.25);
  });

  it('the same from 8-bit colour, and noise of each channel', async () => {
    const observed = await blur(convertSamples(toSrgb(toRgb(scene)), 'uint8'), { psf: 'motion:14.5,30', noise: 0.01 });
    const { psf, noise } = await estimateParametricPsf(observed, { kinds: ['motion'] });
    expect(psf?.kind === 'motion' && Math.abs(psf.angle - 30) < 3 && Math.abs(psf.length / 14.5 - 1) < 0.1).toBe(true);
    expect(Math.abs(noise / 0.01 - 1)).toBeLessThan(0.25);
  });

  it('any angle, as motionPsf has it', async () => {
    await fc.assert(fc.asyncProperty(fc.double({ min: 0, max: 180, noNaN: true }), async (angle) => {
      const observed = await blur(small, { psf: `motion:12,${angle}`, noise: 0.003 });
      const { psf } = await estimateParametricPsf(observed, { kinds: ['motion'] });
      expect(psf?.kind === 'motion' && Math.abs(((psf.angle - angle + 270) % 180) - 90)).toBeLessThan(3);
    }), { seed: 3, numRuns: 5 });
  });
});

describe('estimateParametricPsf refuses', () => {
  const refusal = async (image: PixelImage): Promise<string> => {
    const { psf, kernel, confidence, refused } = await estimateParametricPsf(image);
    expect([psf, kernel, confidence]).toEqual([undefined, undefined, 0]);
    return refused!;
  };

  it('a sharp picture', async () => {
    expect(await refusal(addNoise(scene, { gaussian: 0.01 }))).toMatch(/sharp|not clearly/);
  });

  it('a constant picture', async () => {
    expect(await refusal(flat(300, 200))).toMatch(/constant/);
  });

  it('a tiny picture', async () => {
    expect(await refusal(flat(63, 400))).toMatch(/too small/);
    expect(await refusal(flat(1, 1))).toMatch(/too small/);
  });

  it('noise without a picture', async () => {
    expect(await refusal(addNoise(flat(300, 300), { gaussian: 0.05 }, { seed: 2 }))).toMatch(/./);
  });

  it('kinds that were not asked for', async () => {
    const observed = await blur(scene, { psf: 'motion:20,40', noise: 0.01 });
    const { psf, refused } = await estimateParametricPsf(observed, { kinds: ['disk'] });
    expect(psf).toBeUndefined();
    expect(refused).toMatch(/disk/);
  });
});

describe('estimateParametricPsf', () => {
  it('takes a noise level and a window', async () => {
    const observed = await blur(scene, { psf: 'disk:4', noise: 0.02 });
    const { psf, noise } = await estimateParametricPsf(observed, { kinds: ['disk'], noise: 0.02, window: 160 });
    expect(noise).toBe(0.02);
    expect(psf?.kind === 'disk' && Math.abs(psf.radius / 4 - 1)).toBeLessThan(0.1);
  });

  it('reports progress to the end', async () => {
    const events: ProgressEvent[] = [];
    await estimateParametricPsf(small, { onProgress: (event) => events.push(event) });
    expect(new Set(events.map(({ stage }) => stage))).toEqual(new Set(['estimate']));
    expect(events[0]!.done).toBe(0);
    expect(events.at(-1)!.done).toBe(events.at(-1)!.total);
  });

  it('stops when aborted', async () => {
    const abort = new AbortController();
    const running = estimateParametricPsf(scene, { signal: abort.signal, onProgress: ({ done }) => { if (done === 2) abort.abort(); } });
    await expect(running).rejects.toSatisfy(AbortedError.isInstance);
    await expect(estimateParametricPsf(scene, { signal: AbortSignal.abort() })).rejects.toSatisfy(AbortedError.isInstance);
  });

  it.each([
    [{ kinds: [] }, /kinds/], [{ kinds: ['box' as 'disk'] }, /kinds/], [{ noise: 0 }, /noise/], [{ noise: Number.NaN }, /noise/],
    [{ noise: 2 }, /noise/], [{ window: 63 }, /window/], [{ window: 254 }, /window/], [{ window: 2048 }, /window/], [{ window: 512 }, /window/],
    [{ space: 'lab' as 'srgb' }, /space/],
  ])('rejects %o', async (options, message) => {
    const error = await estimateParametricPsf(scene, options).catch((reason: unknown) => reason);
    expect(error).toSatisfy(InvalidArgumentError.isInstance);
    expect((error as Error).message).toMatch(message);
  });

  it('rejects samples that are not finite', async () => {
    await expect(estimateParametricPsf(flat(100, 100, Number.NaN))).rejects.toSatisfy(InvalidArgumentError.isInstance);
  });
});
