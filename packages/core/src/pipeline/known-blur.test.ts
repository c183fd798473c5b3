import { describe, expect, it } from 'vitest';
import { blur } from '../blur/index.ts';
import { createDeblur } from '../deblur.ts';
import { deconvolve } from '../deconvolution/index.ts';
import { AbortedError, InvalidArgumentError } from '../errors/index.ts';
import { comparePixels, psnr } from '../metrics/index.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import type { RunOptions } from './run-options.ts';

/** Overlapping discs of random colours: edges in all directions, as deconvolution expects them. */
function picture(width: number, height: number): PixelImage {
  const data = new Float32Array(width * height * 3).fill(0.5);
  let seed = 7;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let disc = 0; disc < 60; disc++) {
    const [cx, cy, r] = [random() * width, random() * height, 4 + random() * 22];
    const colour = [random(), random(), random()];
    for (let i = 0; i < width * height; i++) {
      if (Math.hypot((i % width) - cx, Math.floor(i / width) - cy) < r) data.set(colour.map((value) => 0.1 + 0.8 * value), i * 3);
    }
  }
  return { width, height, channels: 3, data, transfer: 'srgb' };
}

const deblur = createDeblur();
const psf = 'motion:9,30';

describe('run with a PSF', () => {
  it('gives what deconvolve gives where one tile holds the picture, with noise and parameters in the result', async () => {
    const blurred = await blur(picture(180, 140), { psf, noise: 0.005, seed: 1 });
    const result = await deblur.run(blurred, { psf });
    expect(result).toMatchObject({ method: 'tv', scale: 1, tiles: { count: 1 }, warnings: [] });
    expect(result.model).toBeUndefined();
    const { noise, parameters } = result.deconvolution!;
    const whole = await deconvolve(blurred, result.deconvolution!.psf, { noise, ...parameters });
    expect(comparePixels(result.image!, whole.image).maximum).toBeLessThan(1e-5);
    expect(noise).toBeGreaterThan(0.002);
    expect(noise).toBeLessThan(0.01);
  });

  it('restores in tiles, reports each and keeps alpha', async () => {
    const sharp = picture(300, 260);
    const alpha = Float32Array.from({ length: 300 * 260 }, (_, i) => (i % 17) / 17);
    const blurred = { ...await blur(sharp, { psf, noise: 0.005, seed: 1 }), alpha };
    const done: number[] = [];
    const result = await deblur.run(blurred, { psf, tile: 160, onProgress: (event) => done.push(event.done) });
    expect(result.tiles.count).toBeGreaterThan(1);
    expect(done.at(-1)).toBe(result.tiles.count);
    expect(result.image!.alpha).toEqual(alpha);
    expect(psnr(result.image!, sharp, { crop: 12 })).toBeGreaterThan(psnr(blurred, sharp, { crop: 12 }) + 2);
  });

  it('restores at a working scale with the PSF made smaller', async () => {
    const sharp = picture(300, 260);
    const blurred = await blur(sharp, { psf: 'motion:24,30', noise: 0.002, seed: 1 });
    const result = await deblur.run(blurred, { psf: 'motion:24,30', scale: 0.5 });
    expect(result.deconvolution!.psf.width).toBeGreaterThan(18);
    expect(psnr(result.image!, sharp, { crop: 24 })).toBeGreaterThan(psnr(blurred, sharp, { crop: 24 }) + 1.5);
  });

  it('stops when told to', async () => {
    const controller = new AbortController();
    const run = deblur.run(picture(300, 260), { psf, tile: 160, noise: 0.01, signal: controller.signal, onProgress: () => controller.abort() });
    await expect(run).rejects.toThrow(AbortedError);
  });

  it.each<[RunOptions, RegExp]>([
    [{ method: 'rl' }, /undoes a known blur; give its PSF/],
    [{ method: 'network', psf }, /takes no PSF/],
    [{ method: 'sharpen' as 'tv', psf }, /'method' is sharpen; it must be one of auto, network/],
    [{ psf, noise: -1 }, /'noise' is -1/],
    [{ psf, noise: NaN }, /'noise' is NaN/],
    [{ psf, space: 'gamma' as 'linear' }, /'space' is gamma/],
    [{ psf, model: 'maxim-s1' }, /runs no model/],
    [{ psf: 'motion:9' }, /motion:<length>,<degrees>/],
    [{ psf: { width: 1, height: 1, data: new Float32Array([NaN]), centre: { x: 0, y: 0 } } }, /PSF/],
    [{ psf: 'motion:301,0' }, /larger|smaller/],
    [{ psf, deconvolution: { lambda: -1 } }, /λ|lambda/],
  ])('refuses %j', async (options, message) => {
    const run = deblur.run(picture(40, 40), options);
    await expect(run).rejects.toThrow(InvalidArgumentError);
    await expect(run).rejects.toThrow(message);
  });
});
