import { AbortedError } from '@deblur/core';
import { createProgressReporter } from './progress-reporter.ts';
import { describeError, traceError } from './describe-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ProgressListener } from '@deblur/core';
import type { DescribedError } from './describe-error.ts';
import type { ProgressUnit } from './progress-reporter.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Streams } from '../streams.ts';

/** One input of a command that failed. */
export interface FailedEntry {
  readonly input: string;
  readonly error: DescribedError;
}

/** The JSON document of a command over several inputs. */
export interface BatchReport<Entry> {
  readonly command: string;
  readonly results: readonly (Entry | FailedEntry)[];
  readonly summary: { readonly done: number; readonly failed: number; readonly interrupted: boolean };
}

/** How a command treats its inputs. */
export interface BatchOptions<Job, Entry> {
  /** Name of the command, for the report. */
  readonly command: string;
  readonly jobs: readonly (Job & { readonly input: string })[];
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly streams: Streams;
  readonly signal: AbortSignal;
  /** What the progress of an input counts. Default: tiles. */
  unit?(job: Job & { readonly input: string }): ProgressUnit;
  /** Does one input. */
  work(job: Job & { readonly input: string }, onProgress: ProgressListener): Promise<Entry>;
  /** Tells the reader of one input that is done. */
  describe(entry: Entry): void;
}

/** Does inputs one after the other; one that fails does not stop the others. Prints messages and the JSON document. */
export async function forEachInput<Job, Entry>(options: BatchOptions<Job, Entry>): Promise<ExitCode> {
  const { command, jobs, json, quiet, verbose, streams, signal } = options;
  const done: Entry[] = [];
  const failed: FailedEntry[] = [];
  const results: (Entry | FailedEntry)[] = [];
  for (const job of jobs) {
    if (signal.aborted) break;
    const progress = createProgressReporter(job.input, streams, quiet, options.unit?.(job));
    try {
      const entry = await options.work(job, progress.update);
      progress.stop();
      done.push(entry);
      results.push(entry);
      options.describe(entry);
    } catch (error) {
      progress.stop();
      if (AbortedError.isInstance(error) && signal.aborted) break;
      const failure = { input: job.input, error: describeError(error) };
      failed.push(failure);
      results.push(failure);
      if (!json || !quiet) streams.stderr.write(`${job.input}: ${failure.error.message}\n`);
      if (verbose) streams.stderr.write(`${traceError(error)}\n`);
    }
  }
  const summary = { done: done.length, failed: failed.length, interrupted: signal.aborted };
  if (json) streams.stdout.write(`${JSON.stringify({ command, results, summary } satisfies BatchReport<Entry>, null, 2)}\n`);
  if (!quiet && (jobs.length > 1 || signal.aborted)) {
    const left = jobs.length - results.length;
    streams.stderr.write(`${summary.done} done, ${summary.failed} failed${left > 0 ? `, ${left} not started or stopped` : ''}.\n`);
  }
  if (signal.aborted) return exitCodes.interrupted;
  return failed.length > 0 ? exitCodes.failure : exitCodes.success;
}
