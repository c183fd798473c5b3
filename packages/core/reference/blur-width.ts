/**
 * How well `estimateBlurWidth` does on pictures of known blur. From the repository root:
 *
 *     python packages/core/reference/blur-width.py FOLDER
 *     npx -c "node --conditions=@deblur/source packages/core/reference/blur-width.ts FOLDER" > packages/core/reference/blur-width.md
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createImage, estimateBlurWidth } from '@deblur/core';
import type { PixelImage } from '@deblur/core';

interface Case {
  readonly file: string;
  readonly set: 'kodak' | 'gopro';
  readonly kind: string;
  readonly noise: number;
  readonly width?: number;
  readonly quantiles?: Readonly<Record<string, number>> | null;
}

function readPgm(file: string): PixelImage {
  const bytes = readFileSync(file);
  const [header, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 64))!;
  return createImage({ width: Number(width), height: Number(height), channels: 1, data: new Uint8Array(bytes.subarray(header.length)) });
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('Usage: blur-width.ts FOLDER');
const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as Case[];
const started = performance.now();
const measured = cases.map((entry) => ({ ...entry, estimate: estimateBlurWidth(readPgm(join(folder, entry.file))) }));
const elapsed = (performance.now() - started) / cases.length;

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.round(share * (values.length - 1))]!;
const percent = (values: readonly boolean[]): string => `${Math.round((100 * values.filter(Boolean).length) / values.length)} %`;
const scale = (width: number): number => (width <= 15 ? 1 : width <= 30 ? 0.5 : 0.25);

console.log('# Accuracy of estimateBlurWidth\n\nPrinted by `blur-width.ts` on the pictures of `blur-width.py`.\n');
console.log('Kodak, 24 pictures a row. Estimates in pixels: 10th, 50th, 90th percentile without noise and with noise of 3/255.\n');
console.log('| kernel | true width | no noise | noise |\n|---|---|---|---|');
const kodak = measured.flatMap((entry) => (entry.set === 'kodak' ? [{ ...entry, width: entry.width! }] : []));
const rows = Map.groupBy(kodak, ({ kind, width }) => `${kind} | ${width.toFixed(1)}`);
for (const [name, group] of [...rows].toSorted(([a], [b]) => a.split(' ')[0]!.localeCompare(b.split(' ')[0]!) || parseFloat(a.split('| ')[1]!) - parseFloat(b.split('| ')[1]!))) {
  const column = (noise: number): string => {
    const estimates = group.filter((entry) => entry.noise === noise).map(({ estimate }) => estimate);
    return [0.1, 0.5, 0.9].map((share) => quantile(estimates, share).toFixed(1)).join(' / ');
  };
  console.log(`| ${name} | ${column(0)} | ${column(3)} |`);
}

console.log('\n| | no noise | noise |\n|---|---|---|');
const statement = (name: string, figure: (group: typeof kodak) => string): void => {
  console.log(`| ${name} | ${[0, 3].map((noise) => figure(kodak.filter((entry) => entry.noise === noise))).join(' | ')} |`);
};
statement('scale that the true width asks for is chosen', (group) => percent(group.map(({ width, estimate }) => scale(width) === scale(estimate))));
statement('true width ≤ 13, reduced without need', (group) => percent(group.filter(({ width }) => width < 13.5).map(({ estimate }) => estimate > 15)));
statement('sharp, reduced without need', (group) => percent(group.filter(({ kind }) => kind === 'sharp').map(({ estimate }) => estimate > 15)));
statement('true width ≥ 18, not reduced', (group) => percent(group.filter(({ width }) => width >= 18).map(({ estimate }) => estimate <= 15)));
statement('estimate / true width, median (true width ≥ 3)', (group) =>
  quantile(group.filter(({ width }) => width >= 3).map(({ width, estimate }) => estimate / width), 0.5).toFixed(2));
statement('off by a factor of, median (true width ≥ 3)', (group) =>
  quantile(group.filter(({ width }) => width >= 3).map(({ width, estimate }) => Math.exp(Math.abs(Math.log(Math.max(estimate, 1) / width)))), 0.5).toFixed(2));

console.log('\nGoPro pairs. True width: quartiles over patches, weighted by gradient energy.\n');
console.log('| picture | true quartiles | estimate, blurred | estimate, sharp |\n|---|---|---|---|');
const gopro = measured.filter((entry) => entry.set === 'gopro');
for (const blurred of gopro.filter(({ kind }) => kind === 'blurred')) {
  const sharp = gopro.find(({ file }) => file === blurred.file.replace('-blurred', '-sharp'))!;
  const quartiles = [25, 50, 75].map((share) => blurred.quantiles![share]).join(' / ');
  console.log(`| ${blurred.file.replace('-blurred.pgm', '')} | ${quartiles} | ${blurred.estimate.toFixed(1)} | ${sharp.estimate.toFixed(1)} |`);
}
console.error(`${elapsed.toFixed(0)} ms a picture, with reading`);
