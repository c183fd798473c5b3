/** PSNR of the networks on the four GOPR0374 pairs, before and after, at working scales 1, 1/2 and 1/3, 8-bit output; least time of a picture. */
import { psnr } from '@deblur/core';
import { createClient } from '../support/client.ts';
import { report } from '../support/results.ts';
import { sharedData } from '../support/shared-data.ts';
import type { PixelImage, WorkingScale } from '@deblur/core';
import type { Figure } from '../support/results.ts';

const frames = ['frame-1195_n_avg-8', 'frame-614_n_avg-8', 'frame-802_n_avg-10', 'frame-815_n_avg-10'];
const targets: Readonly<Record<string, string>> = { 'maxim-s1 at scale 1': 'prototype 28.35 within 0.05' };
/** Runs whose names contain it. */
const only = process.argv[2];

const client = createClient();
const pairs: { blurred: PixelImage; sharp: PixelImage }[] = [];
for (const frame of frames) {
  const stem = sharedData(`pairs/gopro240/GOPR0374_11_00_st_${frame}.png`);
  pairs.push({ blurred: await client.read(stem), sharp: await client.read(stem.replace('.png', '_gt.png')) });
}
const figures: Figure[] = [{ subject: 'blurred', metric: 'PSNR, mean of 4', value: mean(pairs.map(({ blurred, sharp }) => psnr(blurred, sharp))), unit: 'dB' }];
for (const model of ['maxim-s1', 'maxim-s2']) {
  for (const scale of [1, 0.5, 1 / 3]) {
    if (only && !nameOf(model, scale).includes(only)) continue;
    figures.push(...await measure(model, scale));
  }
}
await client.dispose();
await report('gopro-quality', figures);

async function measure(model: string, scale: WorkingScale): Promise<Figure[]> {
  const subject = nameOf(model, scale);
  const values: number[] = [];
  let seconds = Infinity;
  for (const { blurred, sharp } of pairs) {
    const start = performance.now();
    const { image, warnings } = await client.run(blurred, { model, scale });
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
    if (warnings.length > 0) console.log(subject, warnings);
    values.push(psnr(image!, sharp));
    console.log(`${subject}: ${values.at(-1)!.toFixed(2)} dB`);
  }
  return [
    { subject, metric: 'PSNR, mean of 4', value: mean(values), unit: 'dB', target: targets[subject] },
    { subject, metric: 'time of a picture', value: seconds, unit: 's' },
  ];
}

function nameOf(model: string, scale: WorkingScale): string {
  return `${model} at scale ${scale === 1 / 3 ? '1/3' : scale}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
