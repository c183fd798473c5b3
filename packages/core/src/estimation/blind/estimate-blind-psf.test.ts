import { describe, expect, it } from 'vitest';
import { addNoise } from '../../blur/noise.ts';
import { cameraShakePsf } from '../../blur/camera-shake-psf.ts';
import { psfCentroid } from '../../blur/centre-psf.ts';
import { convolve } from '../../blur/convolve.ts';
import { deconvolve } from '../../deconvolution/deconvolve.ts';
import { AbortedError, InvalidArgumentError } from '../../errors/index.ts';
import { createImage } from '../../image/create-image.ts';
import type { PixelImage } from '../../image/pixel-image.ts';
import { alignedPsnr } from '../../metrics/aligned-psnr.ts';
import { kernelSimilarity } from '../../metrics/kernel-similarity.ts';
import { estimateBlindPsf } from './estimate-blind-psf.ts';
import { deadLeaves } from './fixtures/dead-leaves.ts';

const sharp = deadLeaves(192, 176, 4);
const shake = cameraShakePsf({ length: 22, seed: 5 });
const observe = async (psf = shake): Promise<PixelImage> => addNoise(await convolve(sharp, psf), { gaussian: 0.003 }, { seed: 1 });

const grey = createImage({ width: 128, height: 128, channels: 1, data: new Float32Array(128 * 128).fill(0.4), transfer: 'linear' });
const noise = addNoise(grey, { gaussian: 0.05 }, { seed: 4 });

describe('estimateBlindPsf', () => {
  it('finds the shake of a picture, its size unknown, and lets it be undone', async () => {
    const blurred = await observe();
    const steps: [number, number][] = [];
    const result = await estimateBlindPsf(blurred, { onProgress: (done, total) => steps.push([done, total]) });
    expect(result.refused).toBeUndefined();
    expect(result).toMatchObject({ kind: 'blind', window: { left: 0, top: 0, width: 192, height: 176 } });
    expect(result.noise).toBeGreaterThan(0.002);
    expect(result.noise).toBeLessThan(0.006);
    const psf = result.psf!;
    expect(kernelSimilarity(psf, shake)).toBeGreaterThan(0.8);
    expect(result.confidence).toBeGreaterThan(0.5);
    const middle = psfCentroid(psf);
    expect(Math.hypot(middle.x - psf.centre.x, middle.y - psf.centre.y)).toBeLessThan(0.75);
    const restored = (await deconvolve(blurred, psf)).image;
    expect(alignedPsnr(restored, sharp)).toBeGreaterThan(alignedPsnr(blurred, sharp) + 4);
    expect(steps[0]![0]).toBe(0);
    expect(steps.at(-1)![0]).toBe(steps.at(-1)![1]);
    expect(steps.every(([done], i) => i === 0 || done > steps[i - 1]![0])).toBe(true);
  });

  it('takes a size, and finds much the same without WebAssembly and with minimal pixels', async () => {
    const blurred = await observe();
    for (const options of [{ implementation: 'typescript' }, { minimalPixels: true }] as const) {
      const { psf, size } = await estimateBlindPsf(blurred, { size: 18, window: 128, ...options });
      expect(size).toBe(19);
        expect(kernelSimilarity(psf!, shake)).toBeGreaterThan(0.8);
    }
  });

  it.each([
    ['constant', grey, 'nearly constant'],
    ['tiny', createImage({ width: 40, height: 90 }), 'too small'],
    [
      'smooth', createImage({ width: 96, height: 96, channels: 1, data: Float32Array.from({ length: 96 * 96 }, (_, i) => (i % 96) / 96) }),
      'too strong',
    ],
    ['noisy', noise, 'hardly more than noise'],
    ['sharp', sharp, 'No blur'],
  ])('refuses a %s picture and says why', async (_name, image, reason) => {
    const result = await estimateBlindPsf(image);
    expect(result.refused).toContain(reason);
    expect(result.psf).toBeUndefined();
    expect(result.confidence).toBe(0);
  });

  it('refuses blur that is too strong for the picture', async () => {
    const blurred = await observe(cameraShakePsf({ length: 150, seed: 2, anxiety: 0 }));
    const result = await estimateBlindPsf(blurred, { window: 96 });
    expect(result.psf).toBeUndefined();
    expect(result.refused).toContain('too strong');
    expect((await estimateBlindPsf(blurred, { window: 96, size: 61 })).refused).toContain('too large for 96×96');
  });

  it('stops on abort', async () => {
    const controller = new AbortController();
    const running = estimateBlindPsf(await observe(), {
      signal: controller.signal, onProgress: (done) => done === 2 && controller.abort(),
    });
    await expect(running).rejects.toThrow(AbortedError);
    await expect(estimateBlindPsf(sharp, { signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
  });

  it('names bad options and samples', async () => {
    await expect(estimateBlindPsf(sharp, { size: 3 })).rejects.toThrow('size is 3');
    await expect(estimateBlindPsf(sharp, { window: NaN })).rejects.toThrow('window is NaN');
    const broken = { ...sharp, data: sharp.data.map((value, i) => (i === 5 ? NaN : value)) as Float32Array };
    await expect(estimateBlindPsf(broken)).rejects.toThrow(InvalidArgumentError);
  });
});
