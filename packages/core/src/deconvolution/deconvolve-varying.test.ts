import { expect, it } from 'vitest';
import { convolveVarying, diskPsf, motionPsf } from '../blur/index.ts';
import { AbortedError, InvalidArgumentError } from '../errors/index.ts';
import { comparePixels, psnr } from '../metrics/index.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { deconvolveVarying } from './deconvolve-varying.ts';
import { deconvolve } from './deconvolve.ts';

function bars(width: number, height: number): PixelImage {
  const data = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return (Math.hypot(x - 40, y - 60) % 31 < 12 ? 0.2 : 0.7) - ((x * 2 + y) % 53 < 17 ? 0.15 : 0);
  });
  return { width, height, channels: 1, data, transfer: 'linear' };
}

const sharp = bars(240, 180);
const score = (image: PixelImage): number => psnr(image, sharp, { crop: 10 });
const left = motionPsf(11, 20);
const right = motionPsf(5, 110);

it('restores a varying blur better than either PSF alone', async () => {
  const grid = { columns: 2, rows: 1, psfs: [left, right] };
  const blurred = await convolveVarying(sharp, grid);
  const varying = score((await deconvolveVarying(blurred, grid, { noise: 0 })).image);
  for (const psf of [left, right]) expect(varying).toBeGreaterThan(score((await deconvolve(blurred, psf, { noise: 0 })).image) + 2);
  expect(varying).toBeGreaterThan(score(blurred) + 3);
});

it('gives about what deconvolve gives where the PSFs are equal', async () => {
  const blurred = await convolveVarying(sharp, { columns: 1, rows: 1, psfs: [left] });
  const whole = await deconvolve(blurred, left, { noise: 0.003 });
  const grid = { columns: 3, rows: 2, psfs: Array.from({ length: 6 }, () => left) };
  const parts = await deconvolveVarying(blurred, grid, { noise: 0.003 });
  expect(parts.parameters).toEqual(whole.parameters);
  expect(comparePixels(parts.image, whole.image).psnr).toBeGreaterThan(33);
  expect(score(parts.image)).toBeGreaterThan(score(whole.image) - 0.5);
});

it('refuses grids that do not fit and stops when told to', async () => {
  await expect(deconvolveVarying(sharp, { columns: 2, rows: 2, psfs: [left] })).rejects.toThrow(InvalidArgumentError);
  await expect(deconvolveVarying(sharp, { columns: 1, rows: 1, psfs: [diskPsf(130)] })).rejects.toThrow(/larger than the picture/);
  const grid = { columns: 1, rows: 1, psfs: [left] };
  await expect(deconvolveVarying(sharp, grid, { signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
});
