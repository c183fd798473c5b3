import { resolve } from 'node:path';
import { InvalidArgumentError } from '@deblur/core';
import { composeComparison } from '../comparison/compose-comparison.ts';
import { doneEntry } from '../report/run-report.ts';
import { expandInputs } from '../inputs/expand-inputs.ts';
import { forEachInput } from '../report/for-each-input.ts';
import { formatDuration } from '../report/format-duration.ts';
import { loadModelOption } from '../inputs/load-model-option.ts';
import { loadPsfOption } from '../inputs/load-psf-option.ts';
import { makeOutputFolder } from '../inputs/make-output-folder.ts';
import { planOutputs } from '../inputs/plan-outputs.ts';
import { refuseSameFile } from '../inputs/refuse-same-file.ts';
import type { Deblur, ModelPackage, RestorationMethod, RunOptions } from '@deblur/core';
import type { ExitCode } from '../exit-codes.ts';
import type { Job } from '../inputs/plan-outputs.ts';
import type { DoneEntry } from '../report/run-report.ts';
import type { Streams } from '../streams.ts';

/** Options of `deblur run`, as parsed. */
export interface RunCommandOptions {
  readonly output?: string;
  readonly method?: RestorationMethod;
  readonly psf?: string;
  readonly noise?: number;
  readonly space?: RunOptions['space'];
  readonly model: string;
  readonly provider: string;
  readonly threads?: number;
  readonly tile?: number;
  readonly memory?: number;
  readonly scale: NonNullable<RunOptions['scale']>;
  readonly strength: number;
  readonly format?: string;
  readonly quality?: number;
  readonly compare?: string;
  readonly metadata: boolean;
  readonly overwrite: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Restores pictures one after the other; one that fails does not stop the others. */
export async function runCommand(
  client: Deblur, given: readonly string[], options: RunCommandOptions, streams: Streams, signal: AbortSignal,
): Promise<ExitCode> {
  const { output, compare, json, quiet, verbose } = options;
  const jobs = await planOutputs(await expandInputs(given), output, 'deblurred');
  if (compare !== undefined && jobs.length > 1) {
    throw new InvalidArgumentError(`--compare names one picture, but there are ${jobs.length} inputs. Run them apart.`);
  }
  const common = await runOptionsOf(client, options);
  await makeOutputFolder(jobs, output);
  return forEachInput<Job, DoneEntry>({
    command: 'run', jobs, json, quiet, verbose, streams, signal,
    async work(job, onProgress) {
      await refuseSameFile(job.input, job.output);
      const result = await client.run(job.input, { ...common, output: job.output, signal, onProgress });
      if (compare !== undefined) await writeComparison(client, job.input, job.output, compare, options.overwrite);
      return doneEntry(job.input, resolve(job.output), result);
    },
    describe: (entry) => {
      if (!quiet) describeDone(entry, streams);
    },
  });
}

async function runOptionsOf(client: Deblur, options: RunCommandOptions): Promise<RunOptions> {
  const { method, noise, space, threads, tile, memory, scale, strength, metadata, overwrite, format, quality } = options;
  const model = await loadModelOption(client, options.model);
  const psf = options.psf === undefined ? undefined : await loadPsfOption(client, options.psf);
  return {
    method, psf, space, model, threads, tile, memory, scale, strength, metadata, noise,
    provider: options.provider === 'auto' ? undefined : options.provider,
    ...(noise !== undefined && takesNoise(client, model) && { parameters: { sigma: noise } }),
    encode: { overwrite, format, quality },
  };
}

/** Whether it is a denoising model, which is told the noise. */
function takesNoise(client: Deblur, model: string | ModelPackage): boolean {
  if (model === 'auto') return false;
  const { manifest } = typeof model === 'string' ? client.models.find(model) : model;
  return manifest.task === 'denoise';
}

async function writeComparison(client: Deblur, input: string, output: string, target: string, overwrite: boolean): Promise<void> {
  const picture = composeComparison([
    { label: 'before', image: await client.read(input) },
    { label: 'after', image: await client.read(output) },
  ]);
  await client.write(picture, target, { overwrite });
}

function describeDone(entry: DoneEntry, { stderr }: Streams): void {
  const speed = entry.megapixelsPerSecond.toPrecision(2);
  const network = entry.model === undefined ? '' : `${entry.model}${entry.provider === undefined ? '' : ` on ${entry.provider}`}`;
  const how = entry.method === 'network' ? network : [entry.method, network].filter(Boolean).join(', ');
  const noise = entry.noise === undefined ? '' : `, noise ${entry.noise.toFixed(4)}`;
  stderr.write(
    `${entry.input} -> ${entry.output}  ${how}${noise}, ${entry.tiles.count} tiles, ${formatDuration(entry.timings.totalMs)}, ${speed} MP/s\n`,
  );
  for (const reason of entry.reasons ?? []) stderr.write(`  ${reason}\n`);
  for (const { message } of entry.warnings) stderr.write(`  warning: ${message}\n`);
}
