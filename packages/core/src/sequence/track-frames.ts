import type { ProgressListener } from '../runtime/progress.ts';

/** Progress of a sequence in frames. */
export interface FrameProgress {
  /** For the stages of a frame: opening a model is passed on, tiles are not. */
  readonly listen: ProgressListener | undefined;
  /** Marks one more frame as finished. */
  advance(): void;
}

/**
 * Reports frames as stage `restore`. The time left follows from the mean time of the frames so far, without the first one, which opens
 * the model.
 *
 * @param total frames there will be; default: one more than are finished
 */
export function trackFrames(
  listener: ProgressListener | undefined, total: number | undefined, now: () => number = () => performance.now(),
): FrameProgress {
  let done = 0;
  let startedAt = 0;
  return {
    listen: listener && ((event) => {
      if (event.stage !== 'restore' && event.stage !== 'estimate') listener(event);
    }),
    advance(): void {
      done++;
      if (done === 1) startedAt = now();
      if (!listener) return;
      const known = Math.max(total ?? done + 1, done);
      const etaMs = done > 1 && total !== undefined ? ((now() - startedAt) / (done - 1)) * (known - done) : undefined;
      listener({ stage: 'restore', done, total: known, ...(etaMs !== undefined && { etaMs }) });
    },
  };
}
