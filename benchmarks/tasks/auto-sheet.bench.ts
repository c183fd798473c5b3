/**
 * What `method: 'auto'` makes of the 100 real blurred photographs of Lai et al. 2016, to be looked at: it must not make one worse.
 *
 * Protocol: every picture as it is, every option at its default but `method: 'auto'`. The sheets show each picture and its result at most
 * 480 pixels wide, with the method chosen; there is no reference, so there is no figure but counts. Written to
 * `docs/images/auto-lai2016-<n>.jpg`, 20 pictures a sheet, and the choices to `benchmarks/results/auto-lai2016.csv`.
 *
 *     npm run bench -- auto-sheet [first picture, default 1] [last picture, default 100]
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { convertSamples, toRgb } from '@deblur/core';
import type { LabelledImage } from '@deblur/cli';
import type { PixelImage } from '@deblur/core';
import { createClient } from '../support/client.ts';
import { contactSheet, writeSheet } from '../support/contact-sheet.ts';
import { sharedData } from '../support/shared-data.ts';

const shown = 480;
const perSheet = 20;
const perRow = 2;
const folder = sharedData('real-blur/lai2016');
const names = (await readdir(folder)).filter((name) => /\.(jpg|png)$/i.test(name)).sort();
const [first, last] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? names.length)];
const log = fileURLToPath(new URL('../results/auto-lai2016.csv', import.meta.url));
const header = 'picture,label,confidence,width,method,scale,seconds';

const client = createClient();
for (let sheet = Math.floor((first - 1) / perSheet); sheet * perSheet < last; sheet++) {
  const panels: LabelledImage[] = [];
  for (const name of names.slice(sheet * perSheet, (sheet + 1) * perSheet)) {
    const before = await client.read(`${folder}/${name}`);
    const { image, method, scale, choice, timings } = await client.run(before, { method: 'auto' });
    const { label, confidence, width } = choice!.detection;
    const line = [name, label, confidence.toFixed(2), width.toFixed(1), method, scale, (timings.totalMs / 1000).toFixed(1)].join(',');
    await record(name, line);
    console.log(`${line}  ${choice!.reasons.at(-1)}`);
    panels.push({ label: `${name} ${label}`, image: await small(before) }, { label: `${method}${scale === 1 ? '' : ` at ${scale}`}`, image: await small(image!) });
  }
  const rows = Array.from({ length: Math.ceil(panels.length / (2 * perRow)) }, (_, row) => panels.slice(row * 2 * perRow, (row + 1) * 2 * perRow));
  await writeSheet(client, contactSheet(rows), `auto-lai2016-${sheet + 1}.jpg`);
}
await client.dispose();

/** Puts the line of a picture into the log, which another run may be writing too. */
async function record(name: string, line: string): Promise<void> {
  const others = (await readFile(log, 'utf8').catch(() => '')).split('\n').filter((text) => text && text !== header && !text.startsWith(`${name},`));
  await writeFile(log, [header, ...[...others, line].sort(), ''].join('\n'));
}

/** At most `shown` pixels wide and three quarters of that high, on a canvas of that size. */
async function small(image: PixelImage): Promise<PixelImage> {
  const { width, height, data } = convertSamples(toRgb(image), 'uint8');
  const size = { width: shown, height: (shown * 3) / 4 };
  const pixels = await sharp(data as Uint8Array, { raw: { width, height, channels: 3 } })
    .resize({ ...size, fit: 'contain', background: '#181818', withoutEnlargement: true }).removeAlpha().raw().toBuffer();
  return { ...size, channels: 3, data: new Uint8Array(pixels), transfer: 'srgb' };
}
