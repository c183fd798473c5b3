/**
 * Deconvolution of the 32 pictures of Levin et al. 2009 with their measured PSFs, in encoded values, every option at its default (noise
 * estimated, one rule for all pictures).
 *
 * Protocol: mean over the pictures of the PSNR after the best shift in quarters of a pixel (`alignedPsnr`: 15 pixels left out along
 * each edge, 225² compared; whole shifts up to 4). The error ratio of a picture is its squared error after alignment over that of
 * total variation in the same run. The time is that of `deconvolve` alone.
 *
 *     npm run bench -- levin [methods, default tv,rl-tv,hyper-laplacian,wiener,rl]
 */
import { alignedPsnr, deconvolve } from '@deblur/core';
import type { DeconvolutionMethod } from '@deblur/core';
import { loadLevinCases } from '../support/levin.ts';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';

const targets: Partial<Record<DeconvolutionMethod, string>> = { tv: '≥ 33.7', 'rl-tv': '≥ 33.8' };
const methods = (process.argv[2]?.split(',') ?? ['tv', 'rl-tv', 'hyper-laplacian', 'wiener', 'rl']) as DeconvolutionMethod[];
const cases = await loadLevinCases();
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const figures: Figure[] = [];
const base = methods.includes('tv') ? methods.filter((method) => method !== 'tv') : methods;
let yardstick: number[] | undefined;

for (const method of methods.includes('tv') ? (['tv', ...base] as const) : base) {
  const scores: number[] = [];
  let milliseconds = 0;
  for (const { blurred, sharp, psf } of cases) {
    const start = performance.now();
    const { image } = await deconvolve(blurred, psf, { method, space: 'srgb' });
    milliseconds += performance.now() - start;
    scores.push(alignedPsnr(image, sharp));
  }
  console.log(`${method}: ${mean(scores).toFixed(2)} dB`);
  if (method === 'tv') yardstick = scores;
  const target = targets[method];
  figures.push({ subject: method, metric: 'aligned PSNR, mean of 32', value: mean(scores), unit: 'dB', ...(target && { target }) });
  figures.push({ subject: method, metric: 'least aligned PSNR', value: Math.min(...scores), unit: 'dB' });
  figures.push({ subject: method, metric: 'time a picture of 255²', value: milliseconds / cases.length, unit: 'ms' });
  if (yardstick && method !== 'tv') {
    const within = scores.filter((score, i) => 10 ** ((yardstick![i]! - score) / 10) <= 2).length;
    figures.push({ subject: method, metric: 'error ratio to tv ≤ 2', value: within, unit: 'of 32' });
  }
}
await report('levin', figures);
