import type { AppliedMethod, RunResult } from '@deblur/core';
import type { VideoEntry } from '../video/restore-video.ts';
import type { BatchReport } from './for-each-input.ts';

/** One input of a `run` that was restored. */
export interface DoneEntry {
  readonly input: string;
  /** Absolute path of the result. */
  readonly output: string;
  readonly width: number;
  readonly height: number;
  /** What was done; `none` if the picture was left as it is. */
  readonly method: AppliedMethod;
  /** Why, with `--method auto`: sentences for a person. */
  readonly reasons?: readonly string[];
  /** `id@version`, if a model ran. */
  readonly model?: string;
  /** Execution provider the model ran on. */
  readonly provider?: string;
  /** Deconvolution: standard deviation of the noise, given or estimated, and the parameters. */
  readonly noise?: number;
  readonly parameters?: NonNullable<RunResult['deconvolution']>['parameters'];
  readonly scale: number;
  readonly tiles: RunResult['tiles'];
  readonly warnings: RunResult['warnings'];
  readonly timings: RunResult['timings'];
  readonly megapixelsPerSecond: number;
}

/** The JSON document of `deblur run --json`. */
export type RunReport = BatchReport<DoneEntry | VideoEntry>;

/** What `--json` says of a restored picture. */
export function doneEntry(input: string, output: string, result: RunResult): DoneEntry {
  const { width, height, method, choice, model, backend, deconvolution, scale, tiles, warnings, timings } = result;
  return {
    input, output, width, height, method,
    ...(choice && { reasons: choice.reasons }),
    ...(model && { model: `${model.id}@${model.version}` }),
    ...(backend && { provider: backend.provider }),
    ...(deconvolution && { noise: deconvolution.noise, parameters: deconvolution.parameters }),
    scale, tiles, warnings, timings,
    megapixelsPerSecond: (width * height) / 1000 / timings.restoreMs,
  };
}
