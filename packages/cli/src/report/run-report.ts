import type { RunResult } from '@deblur/core';
import type { DescribedError } from './describe-error.ts';

/** One input of a `run` that was restored. */
export interface DoneEntry {
  readonly input: string;
  /** Absolute path of the result. */
  readonly output: string;
  readonly width: number;
  readonly height: number;
  /** `id@version`. */
  readonly model: string;
  readonly provider: string;
  readonly scale: number;
  readonly tiles: RunResult['tiles'];
  readonly warnings: RunResult['warnings'];
  readonly timings: RunResult['timings'];
  readonly megapixelsPerSecond: number;
}

/** One input of a `run` that failed. */
export interface FailedEntry {
  readonly input: string;
  readonly error: DescribedError;
}

/** The JSON document of `deblur run --json`. */
export interface RunReport {
  readonly command: 'run';
  readonly results: readonly (DoneEntry | FailedEntry)[];
  readonly summary: { readonly done: number; readonly failed: number; readonly interrupted: boolean };
}

/** What `--json` says of a restored picture. */
export function doneEntry(input: string, output: string, result: RunResult): DoneEntry {
  const { width, height, model, backend, scale, tiles, warnings, timings } = result;
  return {
    input, output, width, height, model: `${model.id}@${model.version}`, provider: backend.provider, scale, tiles, warnings, timings,
    megapixelsPerSecond: (width * height) / 1000 / timings.restoreMs,
  };
}
