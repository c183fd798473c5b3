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
import { hasStates, inNaturalOrder, restoreInSequence } from '../video/restore-in-sequence.ts';
import { isVideo } from '../video/video-endings.ts';
import { restoreVideo } from '../video/restore-video.ts';
import type { Deblur, ModelPackage, RestorationMethod, RunOptions } from '@deblur/core';
import type { ExitCode } from '../exit-codes.ts';
import type { Job } from '../inputs/plan-outputs.ts';
import type { DoneEntry } from '../report/run-report.ts';
import type { Streams } from '../streams.ts';
import type { VideoEntry } from '../video/restore-video.ts';

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
  /** Take pictures as the frames of one sequence. Models with states always do. */
  readonly sequence: boolean;
  /** Video: frames of a segment. */
  readonly segment: number;
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
  const common = await runOptionsOf(client, options);
  const isSequence = options.sequence || hasStates(client, common);
  const inputs = await expandInputs(given);
  const jobs = await planOutputs(isSequence ? inNaturalOrder(inputs) : inputs, output, 'deblurred');
  if (compare !== undefined && (jobs.length > 1 || jobs.some(({ input }) => isVideo(input)))) {
    throw new InvalidArgumentError('--compare draws one picture. Leave it out for videos, and run several pictures apart.');
  }
  await makeOutputFolder(jobs, output);
  const pictures = jobs.filter(({ input }) => !isVideo(input));
  if (isSequence) for (const { input, output: target } of pictures) await refuseSameFile(input, target);
  const takeFrame = isSequence ? restoreInSequence(client, pictures, common, signal) : undefined;
  return forEachInput<Job, DoneEntry | VideoEntry>({
    command: 'run', jobs, json, quiet, verbose, streams, signal,
    unit: (job) => (isSequence || isVideo(job.input) ? 'frames' : 'tiles'),
    async work(job, onProgress) {
      await refuseSameFile(job.input, job.output);
      if (isVideo(job.input)) {
        return restoreVideo(client, job.input, job.output, {
          run: common, segment: options.segment, signal, onProgress,
          onKept: (frames, folder) => {
            if (!quiet) streams.stderr.write(`${job.input}: ${frames} finished frames are kept in ${folder}; the same command goes on from there.\n`);
          },
        });
      }
      if (takeFrame) return doneEntry(job.input, resolve(job.output), await takeFrame(onProgress));
      const result = await client.run(job.input, { ...common, output: job.output, signal, onProgress });
      if (compare !== undefined) await writeComparison(client, job.input, job.output, compare, options.overwrite);
      return doneEntry(job.input, resolve(job.output), result);
    },
    describe: (entry) => {
      if (quiet) return;
      if ('frames' in entry) describeVideo(entry, streams);
      else describeDone(entry, streams);
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

function describeVideo(entry: VideoEntry, { stderr }: Streams): void {
  const how = [entry.method === 'network' ? '' : entry.method, entry.model && `${entry.model} on ${entry.provider}`].filter(Boolean).join(', ');
  const resumed = entry.resumedFrom > 0 ? ` (went on from frame ${entry.resumedFrom})` : '';
  stderr.write(
    `${entry.input} -> ${entry.output}  ${how && `${how}, `}${entry.frames} frames${resumed}, ${formatDuration(entry.timings.totalMs)}, `
    + `${entry.framesPerSecond.toPrecision(2)} frames/s\n`,
  );
  for (const { message } of entry.warnings) stderr.write(`  warning: ${message}\n`);
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
