import cliProgress from 'cli-progress';
import { formatDuration } from './format-duration.ts';
import type { ProgressEvent } from '@deblur/core';
import type { Streams } from '../streams.ts';

/** Shows how far a picture is. */
export interface ProgressReporter {
  /** Takes a progress event of the SDK. */
  update(event: ProgressEvent): void;
  /** Clears what stands on the terminal; call it before anything else is printed. */
  stop(): void;
}

/** What a picture or a video is counted in. */
export type ProgressUnit = 'tiles' | 'frames' | 'patches';

const downloadLineMs = 3000;
const silent: ProgressReporter = { update: () => undefined, stop: () => undefined };

/**
 * Progress on stderr: a bar on a terminal, otherwise a plain line at each tenth.
 *
 * @param label name of the picture
 * @param unit what stage `restore` counts
 */
export function createProgressReporter(label: string, { stderr }: Streams, quiet: boolean, unit: ProgressUnit = 'tiles'): ProgressReporter {
  if (quiet) return silent;
  return stderr.isTTY ? barReporter(label, stderr) : lineReporter(label, stderr, unit);
}

function barReporter(label: string, stream: NodeJS.WritableStream): ProgressReporter {
  let bar: cliProgress.SingleBar | undefined;
  return {
    update(event): void {
      if (!bar) {
        bar = new cliProgress.SingleBar({
          format: '{label}  {stage} {bar} {percentage}%  {left}', stream, hideCursor: true, clearOnComplete: true, barsize: 24, fps: 8,
        }, cliProgress.Presets.shades_classic);
        bar.start(event.total, 0, { label, stage: event.stage, left: '' });
      }
      bar.setTotal(event.total);
      bar.update(event.done, { stage: event.stage, left: timeLeft(event) });
    },
    stop(): void {
      bar?.stop();
      bar = undefined;
    },
  };
}

function lineReporter(label: string, stream: NodeJS.WritableStream, unit: ProgressUnit): ProgressReporter {
  let reported = -1;
  let measuring = false;
  let quietSince = performance.now();
  return {
    update(event): void {
      if (event.stage === 'estimate' && !measuring) {
        measuring = true;
        stream.write(`${label}: measuring the blur\n`);
      }
      // Reading a local file reports the same stage and is over at once.
      if (event.stage === 'download' && event.done < event.total && performance.now() - quietSince > downloadLineMs) {
        quietSince = performance.now();
        stream.write(`${label}: downloading, ${(event.done / 1e6).toFixed(0)} of ${(event.total / 1e6).toFixed(0)} MB\n`);
      }
      if (event.stage !== 'restore') return;
      const tenth = Math.floor((event.done / event.total) * 10);
      if (tenth === reported) return;
      reported = tenth;
      stream.write(`${label}: ${tenth * 10}% (${event.done} of ${event.total} ${unit})${timeLeft(event) && `, ${timeLeft(event)}`}\n`);
    },
    stop: () => undefined,
  };
}

function timeLeft({ done, total, etaMs }: ProgressEvent): string {
  if (etaMs === undefined || done === total || done === 0) return '';
  return `${formatDuration(etaMs)} left`;
}
