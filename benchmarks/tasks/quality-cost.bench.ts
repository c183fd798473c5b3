/**
 * Quality against cost: every network and method on the same blurred photographs.
 *
 * Protocol: the middle 928×480 of the four GoPro pairs GOPR0374 (real motion, no PSF known, so methods that need one are left out) and the
 * middle 480×480 of Kodak pictures 1, 6, 11 and 16, blurred in linear light by seeded camera shake of length 8, 14, 20 and 28 (those of
 * `python -m training.evaluate`). 8-bit results, mean PSNR and SSIM (variant `wang`) over each set. `known PSF` is given the true PSF;
 * every other option is at its default. Time is the least over the pictures of a megapixel's share, warm sessions, the methods taking turns on
 * each picture; processor time counts all threads and depends less on what else the machine does. GMAC: multiply–accumulates of networks
 * for 256×256, overlap not counted. scikit-image restores in linear light, plane by plane.
 *
 *     python -m training.export training/results/photo-fast-processor -o training/runs/exported
 *     PYTHON=python-with-scikit-image npm run bench -- quality-cost training/runs/exported/photo-fast.onnx
 *     python -m training.evaluate.compare benchmarks/results/quality-cost.json -o docs/images/quality-cost
 *
 * A run that was stopped goes on. Where `blind` refuses, the picture counts as it was. Without an ONNX file that row is left out; a number as second argument limits the pictures of each set.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { EstimateRefusedError, openModel, psnr, ssim } from '@deblur/core';
import type { ModelPackage, PixelImage, RunOptions } from '@deblur/core';
import { createClient } from '../support/client.ts';
import { describeMachine } from '../support/machine.ts';
import { goproCases, kodakCases } from '../support/quality-cases.ts';
import type { QualityCase } from '../support/quality-cases.ts';
import { report } from '../support/results.ts';
import { restoreWithScikit } from '../support/scikit-restore.ts';

interface Restored {
  readonly image: PixelImage;
  readonly seconds: number;
  readonly processorSeconds: number;
  /** The method found nothing to rely on: the picture is as it was. */
  readonly refused?: true;
}

interface Competitor {
  readonly name: string;
  /** Of networks, for 256×256. */
  readonly gmac?: number;
  readonly needsPsf?: boolean;
  readonly restore: (item: QualityCase) => Promise<Restored>;
}

const [modelPath, limit] = process.argv.slice(2);
const client = createClient();
const own = modelPath && modelPath !== 'none' ? await openModel(client.files!, pathToFileURL(resolve(modelPath))) : undefined;
const gmacOf = (model: ModelPackage): number => (model.manifest.macPerPixel ?? NaN) * 256 ** 2 / 1e9;
const builtin = (id: string): number => gmacOf(client.models.find(id));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function sdk(name: string, options: RunOptions, more: Partial<Competitor> = {}): Competitor {
  const run = (image: PixelImage, psf?: QualityCase['psf']) => client.run(image, { ...options, ...(more.needsPsf && psf ? { psf } : {}) });
  let warm = false;
  return {
    name, ...more,
    async restore({ blurred, psf }) {
      if (!warm && options.method === undefined) await run(blurred);
      warm = true;
      const [start, before] = [performance.now(), process.cpuUsage()];
      const image = await run(blurred, psf).then((result) => result.image!, (error: unknown) => {
        if (error instanceof EstimateRefusedError) return undefined;
        throw error;
      });
      const { user, system } = process.cpuUsage(before);
      const cost = { seconds: (performance.now() - start) / 1000, processorSeconds: (user + system) / 1e6 };
      return image ? { image, ...cost } : { image: blurred, ...cost, refused: true };
    },
  };
}

const known = (method: 'wiener' | 'rl' | 'rl-tv' | 'tv' | 'hyper-laplacian'): Competitor => sdk(`${method}, known PSF`, { method }, { needsPsf: true });
const scikit = (name: string, method: string): Competitor =>
  ({ name: `scikit-image ${name}, known PSF`, needsPsf: true, restore: ({ blurred, psf }) => restoreWithScikit(method, blurred, psf!) });
const competitors: readonly Competitor[] = [
  { name: 'blurred', restore: ({ blurred }) => Promise.resolve({ image: blurred, seconds: 0, processorSeconds: 0 }) },
  sdk('polyblur', { method: 'polyblur' }),
  sdk('blind', { method: 'blind' }),
  ...(own ? [sdk(own.manifest.id, { model: own }, { gmac: gmacOf(own) })] : []),
  sdk('maxim-s1 at scale 0.5', { model: 'maxim-s1', scale: 0.5 }, { gmac: builtin('maxim-s1') / 4 }),
  sdk('maxim-s1 at scale 1/3', { model: 'maxim-s1', scale: 1 / 3 }, { gmac: builtin('maxim-s1') / 9 }),
  sdk('maxim-s1', { model: 'maxim-s1' }, { gmac: builtin('maxim-s1') }),
  sdk('maxim-s2', { model: 'maxim-s2' }, { gmac: builtin('maxim-s2') }),
  known('wiener'), known('rl'), known('rl-tv'), known('tv'), known('hyper-laplacian'),
  sdk('pnp (ffdnet-color), known PSF', { method: 'pnp' }, { needsPsf: true, gmac: 8 * builtin('ffdnet-color') }),
  scikit('unsupervised Wiener', 'unsupervised_wiener'), scikit('Richardson–Lucy 30', 'richardson_lucy'),
];

interface Row {
  readonly set: string;
  readonly name: string;
  readonly method: string;
  readonly psnr: number;
  readonly ssim: number;
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly refused?: true;
}
const count = Number(limit ?? 4);
const [gopro, kodak] = [await goproCases(client), await kodakCases([1, 6, 11, 16])];
const cases = kodak.flatMap((item, i) => [item, gopro[i]!]).slice(0, 2 * count);
const kept = join(tmpdir(), `deblur-bench-quality-cost-${describeMachine().name}.json`);
const rows = JSON.parse(await readFile(kept, 'utf8').catch(() => '[]')) as Row[];
for (const item of cases) {
  const megapixels = (item.blurred.width * item.blurred.height) / 1e6;
  for (const { name: method, needsPsf, restore } of competitors) {
    if ((needsPsf && !item.psf) || rows.some((row) => row.set === item.set && row.name === item.name && row.method === method)) continue;
    const { image, seconds, processorSeconds, refused } = await restore(item);
    const row: Row = {
      set: item.set, name: item.name, method, psnr: psnr(image, item.sharp), ssim: ssim(image, item.sharp), seconds: seconds / megapixels,
      processorSeconds: processorSeconds / megapixels, ...(refused ? { refused } : {}),
    };
    rows.push(row);
    await writeFile(kept, JSON.stringify(rows));
    console.log(`${item.set} ${item.name} ${method}: ${row.psnr.toFixed(2)} dB, ${row.seconds.toFixed(2)} s/MP, ${row.processorSeconds.toFixed(2)} s/MP of processor${refused ? ', refused' : ''}`);
  }
}
await client.dispose();

const sets = ['gopro', 'kodak-shake'] as const;
const of = (method: string, set: string): Row[] => rows.filter((row) => row.method === method && row.set === set && cases.some(({ name }) => name === row.name));
const summary = (method: string, set: string) => {
  const [pictures, before] = [of(method, set), of('blurred', set)];
  return {
    pictures,
    mean: {
      psnr_before: mean(before.map((row) => row.psnr)), psnr: mean(pictures.map((row) => row.psnr)),
      ssim_before: mean(before.map((row) => row.ssim)), ssim: mean(pictures.map((row) => row.ssim)),
      seconds_per_megapixel: Math.min(...pictures.map((row) => row.seconds)),
      processor_seconds_per_megapixel: Math.min(...pictures.map((row) => row.processorSeconds)),
      refused: pictures.filter((row) => row.refused).length,
    },
  };
};
const results = competitors.map(({ name, gmac = null }) => ({
  name, gmac_per_256x256: gmac, machine: describeMachine().description,
  sets: Object.fromEntries(sets.filter((set) => of(name, set).length > 0).map((set) => [set, summary(name, set)])),
}));
const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toFixed(4)) : value);
await writeFile(fileURLToPath(new URL('../results/quality-cost.json', import.meta.url)), `${JSON.stringify(results, rounded, 1)}\n`);
await report('quality-cost', results.flatMap(({ name: subject, sets: found }) => Object.entries(found).flatMap(([set, { mean: m }]) => [
  { subject, metric: `PSNR, ${set}`, value: m.psnr, unit: 'dB' }, { subject, metric: `SSIM, ${set}`, value: m.ssim, unit: '' },
  { subject, metric: `time a megapixel, ${set}`, value: m.seconds_per_megapixel, unit: 's' },
  { subject, metric: `processor time a megapixel, ${set}`, value: m.processor_seconds_per_megapixel, unit: 's' },
])));
if (limit === undefined) await rm(kept, { force: true });
