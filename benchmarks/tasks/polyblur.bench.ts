/**
 * Polyblur on photographs with mild Gaussian blur, every option at its default (blur and noise estimated).
 *
 * Protocol: every third picture of the Kodak set, whole, blurred by a Gaussian of standard deviation 0.7, 1, 1.5 and 2 px, normal noise of
 * 1 % of full scale (seed 1), clipped, rounded to 8 bit; blur, noise and Polyblur once in linear light and once in encoded values. Mean PSNR in
 * encoded values. Also how many of the pictures as they come are left untouched.
 *
 *     npm run bench -- polyblur
 */
import { addNoise, convertSamples, convolve, gaussianPsf, polyblur, psnr } from '@deblur/core';
import { loadKodak } from '../support/kodak.ts';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';

const sigmas = [0.7, 1, 1.5, 2];
const pictures = await Promise.all([1, 4, 7, 10, 13, 16, 19, 22].map((number) => loadKodak(number)));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const figures: Figure[] = [];
for (const space of ['linear', 'srgb'] as const) {
  const all = { before: [] as number[], after: [] as number[] };
  for (const sigma of sigmas) {
    const before: number[] = [];
    const after: number[] = [];
    for (const sharp of pictures) {
      const blurred = convertSamples(addNoise(await convolve(sharp, gaussianPsf(sigma), { space }), { gaussian: 0.01 }, { seed: 1, space }), 'uint8');
      before.push(psnr(convertSamples(blurred, 'float32'), sharp));
      after.push(psnr((await polyblur(blurred, { space, type: 'float32' })).image, sharp));
    }
    all.before.push(...before);
    all.after.push(...after);
    const subject = `σ ${sigma}, 1 % noise, ${space}`;
    figures.push({ subject, metric: 'PSNR before', value: mean(before), unit: 'dB' }, { subject, metric: 'PSNR after', value: mean(after), unit: 'dB' });
  }
  const subject = `σ 0.7–2, 1 % noise, ${space}`;
  const worse = all.after.filter((value, i) => value < all.before[i]!).length;
  figures.push(
    { subject, metric: 'PSNR before', value: mean(all.before), unit: 'dB' }, { subject, metric: 'PSNR after', value: mean(all.after), unit: 'dB' },
    { subject, metric: 'pictures made worse', value: worse, unit: `of ${all.after.length}` },
  );
  let untouched = 0;
  for (const sharp of pictures) untouched += (await polyblur(sharp, { space })).blurs.length === 0 ? 1 : 0;
  figures.push({ subject: `sharp, ${space}`, metric: 'pictures left untouched', value: untouched, unit: `of ${pictures.length}` });
}
await report('polyblur', figures);
