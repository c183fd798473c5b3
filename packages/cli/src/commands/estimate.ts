import { estimateBlindPsf, estimateParametricPsf } from '@deblur/core';
import { expandInputs } from '../inputs/expand-inputs.ts';
import { forEachInput } from '../report/for-each-input.ts';
import { makeOutputFolder } from '../inputs/make-output-folder.ts';
import { planOutputs } from '../inputs/plan-outputs.ts';
import { refuseSameFile } from '../inputs/refuse-same-file.ts';
import { writePsf } from '../inputs/write-psf.ts';
import type { Deblur, PixelImage, ProgressListener, Psf, Transfer } from '@deblur/core';
import type { ExitCode } from '../exit-codes.ts';
import type { Streams } from '../streams.ts';

/** Options of `deblur estimate`, as parsed. */
export interface EstimateCommandOptions {
  readonly output?: string;
  /** By a formula's parameters, blind (any shape), or the first and, if that is refused, the second. */
  readonly method: 'auto' | 'parametric' | 'blind';
  readonly noise?: number;
  readonly size?: number;
  readonly space: Transfer;
  readonly overwrite: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** What `--json` says of the blur of one picture. */
export interface EstimateEntry {
  readonly input: string;
  /** Lengths in pixels; degrees counter-clockwise from the x axis, 0–180. `null` if the estimate was refused. */
  readonly psf: {
    readonly kind: 'motion' | 'disk' | 'gaussian' | 'blind';
    readonly length?: number;
    readonly angle?: number;
    readonly radius?: number;
    readonly sigma?: number;
    /** Sides of the PSF. */
    readonly width: number;
    readonly height: number;
  } | null;
  /** 0 to 1; 0 if refused. */
  readonly confidence: number;
  /** Why there is no estimate. */
  readonly refused?: string;
  /** Standard deviation of the noise as a share of full scale. */
  readonly noise: number;
  /** Where the PSF was written. */
  readonly output?: string;
}

interface Estimated {
  readonly entry: Omit<EstimateEntry, 'input' | 'output'>;
  readonly psf?: Psf;
}

/** Estimates the blur of pictures; a refused estimate is an answer, not a failure. */
export async function estimateCommand(
  client: Deblur, given: readonly string[], options: EstimateCommandOptions, streams: Streams, signal: AbortSignal,
): Promise<ExitCode> {
  const { output, overwrite, json, quiet, verbose } = options;
  const inputs = await expandInputs(given);
  const jobs = output === undefined ? inputs.map((input) => ({ input })) : await planPsfs(inputs, output);
  return forEachInput<{ readonly output?: string }, EstimateEntry>({
    command: 'estimate', jobs, json, quiet, verbose, streams, signal,
    async work(job, onProgress) {
      if (job.output !== undefined) await refuseSameFile(job.input, job.output);
      const { entry, psf } = await estimate(await client.read(job.input, { signal }), options, signal, onProgress);
      const written = psf && job.output !== undefined ? await writePsf(client, psf, job.output, overwrite) : undefined;
      return { input: job.input, ...entry, ...(written && { output: written }) };
    },
    describe: (entry) => {
      if (!json) streams.stdout.write(`${entry.input}: ${describe(entry)}\n`);
    },
  });
}

async function planPsfs(inputs: readonly string[], output: string): Promise<{ readonly input: string; readonly output: string }[]> {
  if (inputs.length === 1 && /\.json$/i.test(output)) return [{ input: inputs[0]!, output }];
  const jobs = await planOutputs(inputs, output, 'psf');
  if (jobs.every((job) => job.output === output)) return jobs;
  await makeOutputFolder(jobs, output);
  return jobs.map((job) => ({ ...job, output: job.output.replace(/\.[^.]+$/, '.png') }));
}

async function estimate(
  image: PixelImage, { method, noise, size, space }: EstimateCommandOptions, signal: AbortSignal, onProgress: ProgressListener,
): Promise<Estimated> {
  if (method !== 'blind') {
    const found = await estimateParametricPsf(image, { space, noise, signal, onProgress });
    const { confidence, refused } = found;
    if (found.psf && found.kernel) {
      const { width, height } = found.kernel;
      return { entry: { psf: { ...found.psf, width, height }, confidence, noise: found.noise }, psf: found.kernel };
    }
    if (method === 'parametric') return { entry: { psf: null, confidence, refused, noise: found.noise } };
  }
  const { psf, confidence, refused, noise: measured } = await estimateBlindPsf(image, {
    size, space, signal, onProgress: (done, total) => onProgress({ stage: 'estimate', done, total }),
  });
  if (!psf) return { entry: { psf: null, confidence, refused, noise: measured } };
  return { entry: { psf: { kind: 'blind', width: psf.width, height: psf.height }, confidence, noise: measured }, psf };
}

function describe({ psf, confidence, refused, output }: EstimateEntry): string {
  if (!psf) return `no estimate. ${refused}`;
  const facts: Readonly<Record<typeof psf.kind, string>> = {
    motion: `motion over ${psf.length?.toFixed(1)} pixels at ${psf.angle?.toFixed(0)}° (--psf motion:${psf.length?.toFixed(1)},${psf.angle?.toFixed(1)})`,
    disk: `a disk of radius ${psf.radius?.toFixed(1)} pixels (--psf disk:${psf.radius?.toFixed(2)})`,
    gaussian: `a Gaussian of σ ${psf.sigma?.toFixed(2)} pixels (--psf gaussian:${psf.sigma?.toFixed(2)})`,
    blind: `a PSF of ${psf.width}×${psf.height} pixels`,
  };
  return `${facts[psf.kind]}, confidence ${confidence.toFixed(2)}${output ? ` -> ${output}` : ''}`;
}
