import { AbortedError } from '@deblur/core';

/** A place in the queue. */
export interface Place {
  /** Jobs ahead of this one when it came. */
  readonly ahead: number;
  /** Resolves when it is this job's turn. @throws AbortedError if the signal comes first */
  turn(signal: AbortSignal): Promise<void>;
  /** Gives the place to the next. Safe to call twice. */
  leave(): void;
}

/** Lets a few jobs run, a few more wait, and no others in. */
export interface JobQueue {
  readonly running: number;
  readonly waiting: number;
  /** A place, or none if the queue is full. */
  enter(): Place | undefined;
  /** Resolves when no job is left. */
  drained(): Promise<void>;
}

interface Job {
  start?: () => void;
  running: boolean;
}

export function createJobQueue(limits: { readonly running: number; readonly waiting: number }): JobQueue {
  const jobs: Job[] = [];
  const watchers: (() => void)[] = [];
  const countRunning = (): number => jobs.filter(({ running }) => running).length;

  function advance(): void {
    for (const job of jobs.filter(({ running, start }) => !running && start).slice(0, limits.running - countRunning())) {
      job.running = true;
      job.start!();
    }
    if (jobs.length === 0) for (const watcher of watchers.splice(0)) watcher();
  }

  return {
    get running(): number { return countRunning(); },
    get waiting(): number { return jobs.length - countRunning(); },
    enter(): Place | undefined {
      if (jobs.length >= limits.running + limits.waiting) return undefined;
      const job: Job = { running: false };
      const ahead = jobs.length;
      jobs.push(job);
      return {
        ahead,
        turn: (signal) => new Promise((resolve, reject) => {
          const stop = (): void => reject(new AbortedError(signal.reason));
          if (signal.aborted) return stop();
          signal.addEventListener('abort', stop, { once: true });
          job.start = () => {
            signal.removeEventListener('abort', stop);
            resolve();
          };
          advance();
        }),
        leave(): void {
          if (jobs.includes(job)) jobs.splice(jobs.indexOf(job), 1);
          advance();
        },
      };
    },
    drained: () => new Promise((resolve) => {
      watchers.push(resolve);
      advance();
    }),
  };
}
