/**
 * Time of deconvolving a colour picture of 1024² with a PSF of 19×19: ours against scikit-image (`wiener` and `richardson_lucy`) and
 * against total variation in NumPy and SciPy, in the same run.
 *
 * Protocol: contenders take turns, one at a time, in seven rounds (three for the slow ones) after one to warm up. Medians by the clock
 * count, and ratios of these; processor time too (all threads of a process), which other work of the machine disturbs less. Ours is the
 * whole call of `deconvolve`, all in one thread: 8-bit samples to planes and back, the boundary wrapped to 1080², `space: 'srgb'`, since
 * the others know no linear light, noise given. Theirs get float planes ready made, treat no boundary, and are timed in double
 * precision, which is what scikit-image's examples use, and in single; their transforms run on one thread too. Total variation is the
 * same algorithm on both sides. Wiener uses balance 0.01 and a Laplacian prior, RL 30 iterations from their respective starts.
 *
 *     PYTHON=python-with-scikit-image npm run bench -- deconvolution-speed [rounds] [wiener,rl,tv]
 */
import { deconvolve, createImage } from '@deblur/core';
import type { DeconvolveOptions } from '@deblur/core';
import sharp from 'sharp';
import { loadLevinCases } from '../support/levin.ts';
import { makePhotograph } from '../support/photograph.ts';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';
import { startScikit } from '../support/scikit-deconvolution.ts';
import type { RunTime } from '../support/scikit-deconvolution.ts';

const rounds = Number(process.argv[2] ?? 7);
const wanted = (process.argv[3] ?? 'wiener,rl,tv').split(',');
const slowRounds = Math.min(rounds, 3);
const [width, height] = [1024, 1024];
const { psf } = (await loadLevinCases())[0]!;
const image = createImage({ width, height, data: new Uint8Array(await sharp(await makePhotograph(width, height)).raw().toBuffer()) });
const planes = new Float32Array(width * height * 3);
image.data.forEach((value, i) => (planes[(i % 3) * width * height + Math.floor(i / 3)] = value / 255));
const scikit = await startScikit(planes, { width, height }, psf);

type Contender = readonly [name: string, run: () => Promise<RunTime>];

const ours = (name: string, options: DeconvolveOptions): Contender => [
  name,
  async () => {
    const start = performance.now();
    const before = process.cpuUsage();
    await deconvolve(image, psf, { noise: 0.004, space: 'srgb', ...options });
    const { user, system } = process.cpuUsage(before);
    return { clock: performance.now() - start, processor: (user + system) / 1000 };
  },
];
const theirs = (name: string, work: string): Contender => [name, () => scikit.time(work)];
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

const groups = [
  {
    work: 'wiener', target: '≤ 1', rounds, contenders: [
      ours('Wiener, @deblur/core', { method: 'wiener', balance: 0.01, prior: 'laplacian' }),
      theirs('Wiener, scikit-image, double', 'wiener'), theirs('Wiener, scikit-image, single', 'wiener32'),
    ],
  },
  {
    work: 'rl', target: '≤ 1', rounds: slowRounds, contenders: [
      ours('RL-30, @deblur/core', { method: 'rl', iterations: 30 }),
      theirs('RL-30, scikit-image, double', 'rl'), theirs('RL-30, scikit-image, single', 'rl32'),
    ],
  },
  {
    work: 'tv', target: undefined, rounds: slowRounds, contenders: [
      ours('TV, @deblur/core', { method: 'tv', lambda: 2000 }), theirs('TV, NumPy and SciPy, single', 'tv'),
    ],
  },
];

const figures: Figure[] = [];
for (const group of groups.filter(({ work }) => wanted.includes(work))) {
  const times = group.contenders.map((): RunTime[] => []);
  for (let round = 0; round <= group.rounds; round++) {
    for (const [index, [, run]] of group.contenders.entries()) {
      const time = await run();
      if (round > 0) times[index]!.push(time);
    }
  }
  const [subject] = group.contenders[0]!;
  const clocks = times.map((runs) => median(runs.map(({ clock }) => clock)));
  const processors = times.map((runs) => median(runs.map(({ processor }) => processor)));
  for (const [index, [name]] of group.contenders.entries()) {
    figures.push({ subject: name, metric: '1024² colour, median', value: clocks[index]!, unit: 'ms' });
    if (index === 0) continue;
    const other = name.slice(name.indexOf(',') + 2);
    figures.push({
      subject, metric: `time over ${other}`, value: clocks[0]! / clocks[index]!, unit: '', ...(group.target && { target: group.target }),
    });
    figures.push({ subject, metric: `processor time over ${other}`, value: processors[0]! / processors[index]!, unit: '' });
  }
}
await scikit.close();
await report('deconvolution-speed', figures);
