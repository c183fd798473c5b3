/**
 * Deconvolution of pictures whose highlights are clipped: `whyte`, which models the clipping, against methods that do not.
 *
 * Protocol: Kodak pictures 1, 4, 7, … 22, 288² crops, made three times brighter in linear light, so that 8 % of the samples exceed
 * full scale, blurred there with a kernel of Levin et al. 2009 (picture p with kernel 1 + (p − 1) mod 8), 0.3 % of Gaussian noise,
 * clipped, 8-bit sRGB. All methods work in linear light with every option at its default;
 * RL-TV also with the weight of total variation that `whyte` has, and the better of both counts. PSNR of the sRGB values in 8 bits against the
 * bright picture, clipped, 20 pixels along each edge left out. Also at twice the brightness.
 *
 *     npm run bench -- clipped-highlights
 */
import { chooseDeconvolutionParameters, deconvolve, estimateNoise } from '@deblur/core';
import { innerPsnr, makeKnownPsfCases } from '../support/known-psf-cases.ts';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';

const pictures = Array.from({ length: 8 }, (_, i) => 1 + 3 * i);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const figures: Figure[] = [];

for (const exposure of [3, 2]) {
  const cases = await makeKnownPsfCases({ pictures, noise: 0.003, exposure });
  const clipped = cases.map(({ sharp: { data } }) => Array.from(data).filter((value) => value === 255).length / data.length);
  const subject = (name: string): string => `${name}, ${exposure} times brighter`;
  const means = new Map([['blurred', mean(cases.map(({ blurred, sharp }) => innerPsnr(blurred, sharp)))]]);
  const better = { whyte: -Infinity, 'rl-tv': -Infinity };
  for (const [name, method, weightOf] of [
    ['tv', 'tv', 'tv'], ['whyte', 'whyte', 'whyte'], ['rl-tv', 'rl-tv', 'rl-tv'], ["rl-tv at whyte's weight", 'rl-tv', 'whyte'],
  ] as const) {
    const scores: number[] = [];
    for (const { blurred, sharp, psf } of cases) {
      const noise = estimateNoise(blurred, { space: 'linear' });
      const { totalVariation } = chooseDeconvolutionParameters(weightOf, noise);
      const options = { method, noise, ...(totalVariation !== undefined && { totalVariation }) };
      scores.push(innerPsnr((await deconvolve(blurred, psf, options)).image, sharp));
    }
    means.set(name, mean(scores));
    if (method !== 'tv') better[method] = Math.max(better[method], mean(scores));
  }
  figures.push({ subject: subject('samples'), metric: 'clipped, mean of 8', value: 100 * mean(clipped), unit: '%' });
  for (const [name, value] of means) figures.push({ subject: subject(name), metric: 'PSNR, mean of 8', value, unit: 'dB' });
  figures.push({
    subject: subject('whyte'), metric: 'over the better rl-tv', value: better.whyte - better['rl-tv'], unit: 'dB',
    ...(exposure === 3 && { target: '≥ 1' }),
  });
}
await report('clipped-highlights', figures);
