import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { createNodeBackend } from '@deblur/backend-node';
import {
  addNoise, bytesSource, convolve, createDeblur, createImage, createNetworkDenoiser, deconvolvePlugAndPlay, motionPsf, psnr, toGrey,
} from '@deblur/core';
import type { Deblur, Denoiser, ModelManifest, PixelImage } from '@deblur/core';

const models = new URL('../../models/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('manifests/ffdnet-color.json', models), 'utf8')) as ModelManifest;
const paths = [manifest.files[0]!.path!, manifest.golden!.input.path!, manifest.golden!.output.path!];
const source = bytesSource(Object.fromEntries(await Promise.all(paths.map(async (path) => [path, new Uint8Array(await readFile(new URL(path, models)))] as const))));
const backend = createNodeBackend();
const deblur: Deblur = createDeblur({ plugins: [{ specificationVersion: 1, id: 'test', backend, models: [{ manifest, source }] }] });
afterAll(() => deblur.dispose());

const [width, height] = [90, 71];
/** Discs and stripes of several colours. */
const sharp: PixelImage = createImage({
  width, height,
  data: new Float32Array(width * height * 3).map((_, i) => {
    const [x, y, c] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3];
    const disc = Math.hypot((x % 30) - 15, (y % 24) - 12) < 9;
    return disc ? 0.25 + 0.2 * ((c + Math.floor(x / 30)) % 3) : 0.75 - 0.15 * ((Math.floor(y / 7) + c) % 3);
  }),
});
const psf = motionPsf(9, 25);
const blurred = addNoise(await convolve(sharp, psf, { space: 'srgb' }), { gaussian: 0.02 }, { space: 'srgb', clip: false });

describe('ffdnet-color as a denoiser', () => {
  it('denoises at the level it is told, tile by tile as at once, with one session', async () => {
    const noisy = addNoise(sharp, { gaussian: 0.1 }, { space: 'srgb', clip: false }).data as Float32Array;
    const denoise = (denoiser: Denoiser, sigma: number): Promise<Float32Array> => denoiser.denoise({ width, height, data: noisy }, sigma);
    const whole = createNetworkDenoiser(deblur);
    expect(whole).toMatchObject({ model: { id: 'ffdnet-color' }, noiseRange: { minimum: 0, maximum: 0.3 } });
    const restored = await denoise(whole, 0.1);
    const quality = (data: Float32Array): number => psnr({ ...sharp, data }, sharp);
    expect(quality(restored)).toBeGreaterThan(quality(noisy) + 8);
    expect(quality(await denoise(whole, 0.01))).toBeLessThan(quality(restored) - 5);
    const tiled = await denoise(createNetworkDenoiser(deblur, { model: 'ffdnet-color', tile: 64 }), 0.1);
    expect(psnr({ ...sharp, data: tiled }, { ...sharp, data: restored })).toBeGreaterThan(60);
    expect(whole.backend).toEqual({ id: 'node', provider: 'cpu' });
    expect(backend.workerCount).toBe(1);
  });

  it('removes blur and noise from colour and grey', async () => {
    const denoiser = createNetworkDenoiser(deblur);
    const known = { noise: 0.02, space: 'srgb' } as const;
    const colour = await deconvolvePlugAndPlay(blurred, psf, { denoiser, ...known });
    expect(psnr(colour.image, sharp)).toBeGreaterThan(psnr(blurred, sharp) + 3);
    // Grey is 0.2126 R + 0.7152 G + 0.0722 B: its noise is smaller.
    const grey = await deconvolvePlugAndPlay(toGrey(blurred), psf, { denoiser, ...known, noise: 0.015 });
    expect(psnr(grey.image, toGrey(sharp))).toBeGreaterThan(psnr(toGrey(blurred), toGrey(sharp)) + 2);
  });
});
