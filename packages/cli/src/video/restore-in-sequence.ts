import { ImageError } from '@deblur/core';
import type { Deblur, ProgressListener, RunOptions, RunResult } from '@deblur/core';
import type { Job } from '../inputs/plan-outputs.ts';

/** Whether the model that was named carries states from frame to frame. */
export function hasStates(client: Deblur, { model, method = 'network' }: RunOptions): boolean {
  if (method !== 'network' || model === undefined || model === 'auto') return false;
  const { manifest } = typeof model === 'string' ? client.models.find(model) : model;
  return manifest.tensors.inputs.some(({ role }) => role === 'state');
}

/** Files in the order a person counts: `frame-2` before `frame-10`. */
export function inNaturalOrder(paths: readonly string[]): string[] {
  return paths.toSorted(new Intl.Collator('en', { numeric: true }).compare);
}

/**
 * Restores pictures as the frames of one sequence.
 * @returns gives the next frame each time it is called, in the order of the jobs
 */
export function restoreInSequence(
  client: Deblur, jobs: readonly Job[], run: RunOptions, signal: AbortSignal,
): (onProgress: ProgressListener) => Promise<RunResult> {
  let listener: ProgressListener | undefined;
  const frames = client.sequence(jobs.map(({ input, output }) => ({ input, output })), {
    ...run, signal, total: jobs.length, onProgress: (event) => listener?.(event),
  })[Symbol.asyncIterator]();
  return async (onProgress) => {
    listener = onProgress;
    const next = await frames.next();
    if (next.done) throw new ImageError('This frame was not restored, because one before it failed, and the sequence ends there.');
    return next.value;
  };
}
