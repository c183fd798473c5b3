/**
 * Blind deconvolution of the 32 pictures of Levin et al. 2009, in encoded values, every option at its default: the PSF is estimated
 * from the blurred picture alone (its size as well), then the picture restored with it by total variation.
 *
 * Protocol: as in `levin`. Mean over the pictures of the PSNR after the best shift in quarters of a pixel (`alignedPsnr`: 15 pixels
 * left out along each edge, 225² compared; whole shifts up to 4). The error ratio of a picture (`ssdErrorRatio`) is its squared error
 * over that of the same method and options with the measured PSF, each after its own alignment. Similarity is `kernelSimilarity` with
 * the measured PSF. The time is that of the processor in `estimateBlindPsf` alone, which other programs
 * do not lengthen.
 *
 *     npm run bench -- blind [names like im1_k4,im3_k6, default all]
 */
import { alignedPsnr, deconvolve, estimateBlindPsf, kernelSimilarity, ssdErrorRatio } from '@deblur/core';
import { loadLevinCases } from '../support/levin.ts';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';

const names = process.argv[2]?.split(',');
const cases = (await loadLevinCases()).filter(({ name }) => names?.includes(name) ?? true);
const scores: number[] = [];
const ratios: number[] = [];
const similarities: number[] = [];
let microseconds = 0;
for (const { name, blurred, sharp, psf } of cases) {
  const start = process.cpuUsage();
  const { psf: estimated, confidence, refused } = await estimateBlindPsf(blurred, { space: 'srgb' });
  const { user, system } = process.cpuUsage(start);
  microseconds += user + system;
  const known = (await deconvolve(blurred, psf, { space: 'srgb' })).image;
  const blind = estimated ? (await deconvolve(blurred, estimated, { space: 'srgb' })).image : blurred;
  scores.push(alignedPsnr(blind, sharp));
  ratios.push(ssdErrorRatio(blind, known, sharp));
  similarities.push(estimated ? kernelSimilarity(estimated, psf) : 0);
  const figures = `${scores.at(-1)!.toFixed(2)} dB, ratio ${ratios.at(-1)!.toFixed(2)}, similarity ${similarities.at(-1)!.toFixed(2)}`;
  console.log(`${name}: ${figures}, confidence ${confidence.toFixed(2)}${refused ? `, refused: ${refused}` : ''}`);
}
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const within = (limit: number): number => ratios.filter((ratio) => ratio <= limit).length;
const of = `of ${cases.length}`;
const subject = names ? `tv, ${cases.length} pictures` : 'tv, estimated PSF';
const target = (text: string): Pick<Figure, 'target'> => (names ? {} : { target: text });
await report('blind', [
  { subject, metric: `aligned PSNR, mean ${of}`, value: mean(scores), unit: 'dB', ...target('≥ 32.3') },
  { subject, metric: 'error ratio ≤ 2', value: within(2), unit: of, ...target('≥ 29') },
  { subject, metric: 'error ratio ≤ 1.5', value: within(1.5), unit: of },
  { subject, metric: 'largest error ratio', value: Math.max(...ratios), unit: '' },
  { subject, metric: 'kernel similarity, mean', value: mean(similarities), unit: '' },
  { subject, metric: 'processor time of the estimate, 255²', value: microseconds / cases.length / 1e6, unit: 's' },
]);
