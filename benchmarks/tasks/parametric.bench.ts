/**
 * Estimating motion, defocus and Gaussian blur from a picture alone (`estimateParametricPsf`, all options at their defaults).
 *
 * Protocol: the 24 Kodak pictures (768×512, colour), blurred in linear light by `blur` with reflected edges, Gaussian noise of 0, 1 and
 * 3 % of full scale in each channel, clipped, 8 bits sRGB. Per picture and noise: 2 motions (length 8–30 px, angle 0–180°), 2 disks
 * (radius 2.5–9 px), 1 Gaussian (σ 1–4 px), drawn evenly with a seed, and the sharp picture with the noise alone. The design and its
 * thresholds were made on the pictures with odd numbers and other seeds; the rows "even pictures" hold only the others.
 *
 * "within": motion within 3° and 10 % of the length, disk within 10 % of the radius, Gaussian within 10 % of σ, the kind being unknown
 * to the estimator (the target counts this row) or given (`kinds`; run only where the first run was not within: the same fit has fewer
 * rivals then). A refused case is not within. "wrong kind" is an estimate of
 * another kind; sharp pictures should all be refused, an estimate for one is a false positive. Confidence: the median of those within.
 *
 *     npm run bench -- parametric [noise levels, default 0,0.01,0.03] [first and last picture, default 1,24]
 */
import { blur, createImage, createRandom, estimateParametricPsf, gaussianPsf } from '@deblur/core';
import type { ParametricEstimate, ParametricPsf, PixelImage } from '@deblur/core';
import sharp from 'sharp';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';
import { sharedData } from '../support/shared-data.ts';

type Truth = ParametricPsf | { readonly kind: 'sharp' };
interface Outcome {
  readonly picture: number;
  readonly noise: number;
  readonly truth: Truth;
  readonly unknown: ParametricEstimate;
  readonly given: ParametricEstimate;
}

const levels = (process.argv[2] ?? '0,0.01,0.03').split(',').map(Number);
const [first = 1, last = 24] = (process.argv[3] ?? '').split(',').filter(Boolean).map(Number);

async function load(picture: number): Promise<PixelImage> {
  const { data, info } = await sharp(sharedData(`kodak24/${String(picture).padStart(2, '0')}.png`)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return createImage({ width: info.width, height: info.height, channels: 3, data: new Uint8Array(data) });
}

function drawBlurs(picture: number): Truth[] {
  const random = createRandom(5000 + picture);
  const draw = (least: number, most: number): number => least + (most - least) * random.uniform();
  const motion = (): Truth => ({ kind: 'motion', length: draw(8, 30), angle: draw(0, 180) });
  const disk = (): Truth => ({ kind: 'disk', radius: draw(2.5, 9) });
  return [motion(), disk(), motion(), disk(), { kind: 'gaussian', sigma: draw(1, 4) }, { kind: 'sharp' }];
}

function describe(truth: Truth): string {
  if (truth.kind === 'motion') return `motion:${truth.length},${truth.angle}`;
  return truth.kind === 'disk' ? `disk:${truth.radius}` : `gaussian:${truth.kind === 'sharp' ? 0.01 : truth.sigma}`;
}

function within(truth: Truth, { psf }: ParametricEstimate): boolean {
  const near = (value: number, expected: number): boolean => Math.abs(value / expected - 1) <= 0.1;
  if (truth.kind === 'motion' && psf?.kind === 'motion') {
    const turn = Math.abs(psf.angle - truth.angle) % 180;
    return Math.min(turn, 180 - turn) <= 3 && near(psf.length, truth.length);
  }
  if (truth.kind === 'disk' && psf?.kind === 'disk') return near(psf.radius, truth.radius);
  return truth.kind === 'gaussian' && psf?.kind === 'gaussian' && near(psf.sigma, truth.sigma);
}

const outcomes: Outcome[] = [];
let milliseconds = 0;
for (let picture = first; picture <= last; picture++) {
  const image = await load(picture);
  for (const [index, truth] of drawBlurs(picture).entries()) {
    for (const noise of levels) {
      const psf = truth.kind === 'sharp' ? gaussianPsf(0.01) : describe(truth);
      const observed = await blur(image, { psf, noise, seed: picture * 100 + index });
      const start = process.cpuUsage();
      const unknown = await estimateParametricPsf(observed);
      const { user, system } = process.cpuUsage(start);
      milliseconds += (user + system) / 1000;
      const given = truth.kind === 'sharp' || within(truth, unknown) ? unknown : await estimateParametricPsf(observed, { kinds: [truth.kind] });
      outcomes.push({ picture, noise, truth, unknown, given });
      if (!within(truth, unknown) && !(truth.kind === 'sharp' && !unknown.psf)) {
        console.log(`picture ${picture}, noise ${noise}, ${describe(truth)}: ${JSON.stringify(unknown.psf ?? unknown.refused)} ${unknown.confidence.toFixed(2)}`);
      }
    }
  }
}

const figures: Figure[] = [];
const share = (cases: readonly Outcome[], holds: (outcome: Outcome) => boolean): number => (100 * cases.filter(holds).length) / cases.length;
for (const noise of levels) {
  for (const kind of ['motion', 'disk', 'gaussian'] as const) {
    const cases = outcomes.filter((outcome) => outcome.noise === noise && outcome.truth.kind === kind);
    const add = (metric: string, value: number, target?: string): void => {
      figures.push({ subject: `${kind}, ${noise * 100} % noise, ${cases.length} cases`, metric, value, unit: '%', ...(target && { target }) });
    };
    add('within, kind unknown', share(cases, ({ truth, unknown }) => within(truth, unknown)), noise === 0.01 && kind !== 'gaussian' ? '≥ 92' : undefined);
    add('within, kind unknown, even pictures', share(cases.filter(({ picture }) => picture % 2 === 0), ({ truth, unknown }) => within(truth, unknown)));
    add('within, kind given', share(cases, ({ truth, given }) => within(truth, given)));
    add('refused', share(cases, ({ unknown }) => unknown.psf === undefined));
    add('wrong kind', share(cases, ({ unknown }) => unknown.psf !== undefined && unknown.psf.kind !== kind));
    const confident = cases.filter(({ truth, unknown }) => within(truth, unknown)).map(({ unknown }) => unknown.confidence).sort((a, b) => a - b);
    add('confidence where within, median', 100 * (confident[confident.length >> 1] ?? 0));
  }
  const untouched = outcomes.filter((outcome) => outcome.noise === noise && outcome.truth.kind === 'sharp');
  figures.push({
    subject: `sharp, ${noise * 100} % noise, ${untouched.length} cases`, metric: 'false positives', value: share(untouched, ({ unknown }) => unknown.psf !== undefined), unit: '%',
  });
}
figures.push({ subject: 'picture of 768×512', metric: 'processor time, mean', value: milliseconds / outcomes.length, unit: 'ms' });
await report('parametric', figures);
