/**
 * Time of deconvolving a colour photograph tile by tile on this thread against the same tiles on workers. Contenders take turns, one at
 * a time, in `rounds` rounds after one to warm up (which starts the workers); decoding is not timed, the whole call of `run` with the
 * picture in memory is. All give the same pixels, which is checked. The photograph was blurred by the PSF, straight motion over 15 px; tiles
 * of at most 1024 px. What the machine can give at that time is measured in each round too, by threads that only do arithmetic: how much
 * faster so many of them are together than one (2 workers cannot gain anything where that is 1).
 *
 *     npm run bench -- deconvolution-workers [rounds] [workers, such as 1,2] [megapixels] [rl,tv]
 */
/// <reference lib="dom" />
import { Worker } from 'node:worker_threads';
import { convolve, createDeblur, createImage, parsePsf } from '@deblur/core';
import type { Deblur, RunOptions } from '@deblur/core';
import { deconvolutionWorkers } from '@deblur/worker';
import sharp from 'sharp';
import { watchFreeCores } from '../support/free-cores.ts';
import { makePhotograph } from '../support/photograph.ts';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';

const rounds = Number(process.argv[2] ?? 3);
const sizes = (process.argv[3] ?? '2').split(',').map(Number);
const megapixels = Number(process.argv[4] ?? 6);
const methods = (process.argv[5] ?? 'rl').split(',');
const height = Math.round(Math.sqrt((megapixels * 1e6) / 1.5));
const width = Math.round(1.5 * height);
const psf = parsePsf('motion:15,30');
const sharpImage = createImage({ width, height, data: new Uint8Array(await sharp(await makePhotograph(width, height)).raw().toBuffer()) });
const image = await convolve(sharpImage, psf);
const base: RunOptions = { psf, noise: 0.004, tile: 1024 };
const works = ([
  ['RL-5', { ...base, method: 'rl', deconvolution: { iterations: 5 } }],
  ['TV', { ...base, method: 'tv' }],
] satisfies readonly (readonly [name: string, options: RunOptions])[]).filter(([, { method }]) => methods.includes(method));
const start = (): Worker => new Worker(new URL('../support/deconvolution-worker.ts', import.meta.url));
const contenders: readonly (readonly [name: string, client: Deblur])[] = [
  ['this thread', createDeblur()],
  ...sizes.map((size) => [`${size} worker${size > 1 ? 's' : ''}`, createDeblur({ plugins: [deconvolutionWorkers({ start, size })] })] as const),
];

const figures: Figure[] = [];
const most = Math.max(...sizes);
const cores = watchFreeCores(most);
for (const [work, options] of works) {
  const times = contenders.map((): number[] => []);
  const free: number[] = [];
  let count = 0;
  let reference: ArrayLike<number> | undefined;
  for (let round = 0; round <= rounds; round++) {
    const speed = await cores.measure();
    if (round > 0) free.push(speed);
    for (const [index, [name, client]] of contenders.entries()) {
      const began = performance.now();
      const result = await client.run(image, options);
      if (round > 0) times[index]!.push(performance.now() - began);
      const { data } = result.image!;
      reference ??= data;
      if (data.some((value, i) => value !== reference![i])) throw new Error(`${name} gives other pixels.`);
      for (const { message } of result.warnings) console.warn(`${name}: ${message}`);
      count = result.tiles.count;
    }
  }
  free.sort((a, b) => a - b);
  figures.push({ subject: `${work}, arithmetic in ${most} threads`, metric: 'speed over one thread, median', value: free[free.length >> 1]!, unit: '' });
  const sorted = times.map((all) => all.sort((a, b) => a - b));
  for (const [index, [name]] of contenders.entries()) {
    const subject = `${work}, ${megapixels} MP, ${count} tiles, ${name}`;
    const [own, one] = [sorted[index]!, sorted[0]!];
    figures.push({ subject, metric: 'median', value: own[own.length >> 1]!, unit: 'ms' }, { subject, metric: 'minimum', value: own[0]!, unit: 'ms' });
    if (index === 0) continue;
    figures.push({ subject, metric: 'median over this thread', value: own[own.length >> 1]! / one[one.length >> 1]!, unit: '' });
    figures.push({ subject, metric: 'minimum over this thread', value: own[0]! / one[0]!, unit: '' });
  }
}
await cores.close();
for (const [, client] of contenders) await client.dispose();
await report('deconvolution-workers', figures);
