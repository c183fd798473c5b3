import { resolve } from 'node:path';
import { blur } from '@deblur/core';
import { expandInputs } from '../inputs/expand-inputs.ts';
import { forEachInput } from '../report/for-each-input.ts';
import { loadPsfOption } from '../inputs/load-psf-option.ts';
import { makeOutputFolder } from '../inputs/make-output-folder.ts';
import { planOutputs } from '../inputs/plan-outputs.ts';
import { refuseSameFile } from '../inputs/refuse-same-file.ts';
import type { Deblur, Transfer } from '@deblur/core';
import type { ExitCode } from '../exit-codes.ts';
import type { Job } from '../inputs/plan-outputs.ts';
import type { Streams } from '../streams.ts';

/** Options of `deblur blur`, as parsed. */
export interface BlurCommandOptions {
  readonly output?: string;
  readonly psf: string;
  readonly noise: number;
  readonly seed: number;
  readonly space: Transfer;
  readonly overwrite: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** A picture that was blurred. */
interface BlurredEntry {
  readonly input: string;
  readonly output: string;
  readonly width: number;
  readonly height: number;
}

/** Blurs pictures, y = k * x + n. */
export async function blurCommand(
  client: Deblur, given: readonly string[], options: BlurCommandOptions, streams: Streams, signal: AbortSignal,
): Promise<ExitCode> {
  const { output, noise, seed, space, overwrite, json, quiet, verbose } = options;
  const jobs = await planOutputs(await expandInputs(given), output, 'blurred');
  const psf = await loadPsfOption(client, options.psf);
  await makeOutputFolder(jobs, output);
  return forEachInput<Job, BlurredEntry>({
    command: 'blur', jobs, json, quiet, verbose, streams, signal,
    async work(job) {
      await refuseSameFile(job.input, job.output);
      const blurred = await blur(await client.read(job.input, { signal }), { psf, noise, seed, space, signal });
      await client.write(blurred, job.output, { overwrite, signal });
      return { input: job.input, output: resolve(job.output), width: blurred.width, height: blurred.height };
    },
    describe: (entry) => {
      if (!quiet) streams.stderr.write(`${entry.input} -> ${entry.output}\n`);
    },
  });
}
