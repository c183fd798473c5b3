import { mkdir, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AbortedError, InvalidArgumentError, OutputError } from '@deblur/core';
import { composeComparison } from '../comparison/compose-comparison.ts';
import { createProgressReporter } from '../report/progress-reporter.ts';
import { describeError, traceError } from '../report/describe-error.ts';
import { doneEntry } from '../report/run-report.ts';
import { exitCodes } from '../exit-codes.ts';
import { expandInputs } from '../inputs/expand-inputs.ts';
import { formatDuration } from '../report/format-duration.ts';
import { loadModelOption } from '../inputs/load-model-option.ts';
import { planOutputs } from '../inputs/plan-outputs.ts';
import type { Deblur, RunOptions } from '@deblur/core';
import type { ExitCode } from '../exit-codes.ts';
import type { Job } from '../inputs/plan-outputs.ts';
import type { DoneEntry, FailedEntry, RunReport } from '../report/run-report.ts';
import type { Streams } from '../streams.ts';

/** Options of `deblur run`, as parsed. */
export interface RunCommandOptions {
  readonly output?: string;
  readonly model: string;
  readonly provider: string;
  readonly threads?: number;
  readonly tile?: number;
  readonly memory?: number;
  readonly scale: NonNullable<RunOptions['scale']>;
  readonly strength: number;
  readonly noise?: number;
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
  const jobs = await planOutputs(await expandInputs(given), options.output);
  if (options.compare !== undefined && jobs.length > 1) {
    throw new InvalidArgumentError(`--compare names one picture, but there are ${jobs.length} inputs. Run them apart.`);
  }
  const model = await loadModelOption(client, options.model);
  if (options.output !== undefined && jobs.some(({ output }) => output !== options.output)) await mkdir(options.output, { recursive: true });

  const results: (DoneEntry | FailedEntry)[] = [];
  for (const job of jobs) {
    if (signal.aborted) break;
    const progress = createProgressReporter(job.input, streams, options.quiet);
    try {
      const entry = await restoreOne(client, job, { ...options, model, signal, onProgress: progress.update });
      progress.stop();
      results.push(entry);
      if (!options.quiet) describeDone(entry, streams);
    } catch (error) {
      progress.stop();
      if (AbortedError.isInstance(error) && signal.aborted) break;
      const failure = { input: job.input, error: describeError(error) };
      results.push(failure);
      if (!options.json || !options.quiet) streams.stderr.write(`${job.input}: ${failure.error.message}\n`);
      if (options.verbose) streams.stderr.write(`${traceError(error)}\n`);
    }
  }
  return finish(jobs, results, options, streams, signal.aborted);
}

type RestoreOptions = Omit<RunCommandOptions, 'model'> & Required<Pick<RunOptions, 'model' | 'signal' | 'onProgress'>>;

async function restoreOne(client: Deblur, { input, output }: Job, options: RestoreOptions): Promise<DoneEntry> {
  await refuseSameFile(input, output);
  const { model, threads, tile, memory, scale, strength, metadata, signal, onProgress, overwrite, format, quality } = options;
  const result = await client.run(input, {
    model, threads, tile, memory, scale, strength, metadata, signal, onProgress, output,
    provider: options.provider === 'auto' ? undefined : options.provider,
    parameters: options.noise === undefined ? undefined : { sigma: options.noise },
    encode: { overwrite, format, quality },
  });
  if (options.compare !== undefined) await writeComparison(client, input, output, options.compare, overwrite);
  return doneEntry(input, resolve(output), result);
}

async function writeComparison(client: Deblur, input: string, output: string, target: string, overwrite: boolean): Promise<void> {
  const picture = composeComparison([
    { label: 'before', image: await client.read(input) },
    { label: 'after', image: await client.read(output) },
  ]);
  await client.write(picture, target, { overwrite });
}

async function refuseSameFile(input: string, output: string): Promise<void> {
  const [from, to] = await Promise.all([input, output].map((path) => realpath(path).catch(() => resolve(path))));
  if (from === to) throw new OutputError(`${output} is the input itself. Choose another output (-o); deblur never writes over its source.`);
}

function describeDone(entry: DoneEntry, { stderr }: Streams): void {
  const speed = entry.megapixelsPerSecond.toPrecision(2);
  stderr.write(
    `${entry.input} -> ${entry.output}  ${entry.model} on ${entry.provider}, ${entry.tiles.count} tiles, `
    + `${formatDuration(entry.timings.totalMs)}, ${speed} MP/s\n`,
  );
  for (const { message } of entry.warnings) stderr.write(`  warning: ${message}\n`);
}

function finish(
  jobs: readonly Job[], results: RunReport['results'], options: RunCommandOptions, streams: Streams, interrupted: boolean,
): ExitCode {
  const failed = results.filter((entry) => 'error' in entry).length;
  const summary = { done: results.length - failed, failed, interrupted };
  if (options.json) {
    const report: RunReport = { command: 'run', results, summary };
    streams.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  }
  if (!options.quiet && (jobs.length > 1 || interrupted)) {
    const left = jobs.length - results.length;
    streams.stderr.write(`${summary.done} done, ${failed} failed${left > 0 ? `, ${left} not started or stopped` : ''}.\n`);
  }
  if (interrupted) return exitCodes.interrupted;
  return failed > 0 ? exitCodes.failure : exitCodes.success;
}
