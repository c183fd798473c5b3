import type { ProgressListener, ProgressStage } from './progress.ts';

/** Counts the units of one stage and reports them with the time left. */
export interface ProgressTracker {
  /** Marks `units` more as finished. */
  advance(units?: number): void;
}

/**
 * Reports a stage to a listener: once at 0, then after each `advance`. The time left is estimated from the mean time
 * of the units finished so far; the first unit, which warms up caches, is left out once a second one is known.
 */
export function trackProgress(
  listener: ProgressListener | undefined, stage: ProgressStage, total: number, now: () => number = () => performance.now(),
): ProgressTracker {
  let done = 0;
  let warmedUp = 0;
  let warmedUpAt = 0;
  const startedAt = now();
  listener?.({ stage, done, total });
  return {
    advance(units = 1): void {
      if (!listener) return;
      done = Math.min(total, done + units);
      const time = now();
      const counted = done - warmedUp;
      const since = warmedUp === 0 ? startedAt : warmedUpAt;
      const perUnit = counted > 0 ? (time - since) / counted : 0;
      listener({ stage, done, total, etaMs: perUnit * (total - done) });
      if (warmedUp === 0) {
        warmedUp = done;
        warmedUpAt = time;
      }
    },
  };
}
