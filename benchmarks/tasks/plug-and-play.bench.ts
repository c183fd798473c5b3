/**
 * Plug-and-play deconvolution with `ffdnet-color` against total variation, in colour.
 *
 * Protocol: 256×256 at (100, 100) of Kodak pictures 3, 5, 13, 19, blurred in encoded values with the measured kernels 1, 4, 8, 5 of Levin
 * et al. 2009, half a kernel cut off along each edge, normal noise of 2.55/255 or 7.65/255 (seed 1), neither rounded nor clipped. Mean
 * PSNR over the four, 20 pixels left out along each edge. Total variation is given the best λ of four for each noise; plug-and-play has its
 * defaults and is told the noise.
 *
 *     npm run bench -- plug-and-play
 */
import { convolve, createNetworkDenoiser, createRandom, crop, deconvolve, deconvolvePlugAndPlay, psnr } from '@deblur/core';
import type { PixelImage, Psf } from '@deblur/core';
import { createClient } from '../support/client.ts';
import { loadKodak } from '../support/kodak.ts';
import { loadLevinCases } from '../support/levin.ts';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';

interface Case {
  readonly blurred: PixelImage;
  readonly sharp: PixelImage;
  readonly psf: Psf;
}

const pairs = [[3, 1], [5, 4], [13, 8], [19, 5]] as const;
const lambdas = new Map([[2.55, [300, 1000, 2000, 4000]], [7.65, [50, 100, 200, 400]]]);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const trim = (image: PixelImage, by: number): PixelImage =>
  crop(image, { left: by, top: by, width: image.width - 2 * by, height: image.height - 2 * by });

async function makeCases(noise: number): Promise<Case[]> {
  const levin = await loadLevinCases();
  const random = createRandom(1);
  const cases: Case[] = [];
  for (const [picture, kernel] of pairs) {
    const whole = await loadKodak(picture, { left: 100, top: 100, width: 256, height: 256 });
    const { psf } = levin[kernel - 1]!;
    const cut = psf.height >> 1;
    const blurred = trim(await convolve(whole, psf, { space: 'srgb' }), cut);
    const data = Float32Array.from(blurred.data, (value) => value + (random.normal() * noise) / 255);
    cases.push({ blurred: { ...blurred, data }, sharp: trim(whole, cut), psf });
  }
  return cases;
}

async function score(cases: readonly Case[], restore: (item: Case) => Promise<PixelImage>): Promise<number> {
  const scores: number[] = [];
  for (const item of cases) scores.push(psnr(trim(await restore(item), 20), trim(item.sharp, 20)));
  return mean(scores);
}

const client = createClient();
const denoiser = createNetworkDenoiser(client);
const figures: Figure[] = [];
for (const [noise, choices] of lambdas) {
  const subject = `noise ${noise}/255`;
  const cases = await makeCases(noise);
  let tv = -Infinity;
  for (const lambda of choices) {
    tv = Math.max(tv, await score(cases, async ({ blurred, psf }) => (await deconvolve(blurred, psf, { method: 'tv', lambda, space: 'srgb' })).image));
  }
  const start = performance.now();
  const pnp = await score(cases, async ({ blurred, psf }) =>
    (await deconvolvePlugAndPlay(blurred, psf, { denoiser, noise: noise / 255, space: 'srgb' })).image);
  const seconds = (performance.now() - start) / 1000 / cases.length;
  const guessed = await score(cases, async ({ blurred, psf }) => (await deconvolvePlugAndPlay(blurred, psf, { denoiser, space: 'srgb' })).image);
  figures.push(
    { subject, metric: 'blurred PSNR', value: await score(cases, async ({ blurred }) => blurred), unit: 'dB' },
    { subject, metric: 'tv PSNR, best λ', value: tv, unit: 'dB' },
    { subject, metric: 'pnp PSNR', value: pnp, unit: 'dB' },
    { subject, metric: 'pnp − tv', value: pnp - tv, unit: 'dB', target: '≥ 2.5' },
    { subject, metric: 'pnp PSNR, noise estimated', value: guessed, unit: 'dB' },
    { subject, metric: 'pnp time a picture of 0.05 MP', value: seconds, unit: 's' },
  );
}
await client.dispose();
await report('plug-and-play', figures);
