import type { ProgressEvent, ProgressStage } from '@deblur/core';
import { element } from '../page/element.ts';

/** Shows that something is under way. */
export interface ProgressView {
  /** What is being done now, for people. */
  begin(what: string): void;
  readonly onProgress: (event: ProgressEvent) => void;
  end(): void;
}

const stages: Readonly<Record<ProgressStage, string>> = {
  estimate: 'measuring the blur', download: 'fetching the network', load: 'loading the network', restore: 'restoring',
};

/** Takes charge of the progress bar. */
export function createProgressView(): ProgressView {
  const part = element('progress-part', HTMLDivElement);
  const bar = element('progress', HTMLProgressElement);
  const text = element('progress-text', HTMLParagraphElement);
  let what = '';
  return {
    begin(now): void {
      what = now;
      part.hidden = false;
      bar.removeAttribute('value');
      text.textContent = `${what} …`;
    },
    onProgress({ stage, done, total, etaMs }): void {
      bar.value = total > 0 ? done / total : 0;
      const amount = stage === 'download' ? `${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB` : `${done} of ${total}`;
      const left = etaMs !== undefined && done > 0 && done < total ? `, ${duration(etaMs)} left` : '';
      text.textContent = `${what}: ${stages[stage]}, ${amount}${left}`;
    },
    end(): void {
      part.hidden = true;
      text.textContent = '';
    },
  };
}

/** A time in words. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  return seconds < 100 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
