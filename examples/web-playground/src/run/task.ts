import type { ProgressListener } from '@deblur/core';
import type { RemoteDeblur } from '@deblur/worker';
import type { Client } from '../client.ts';
import { element } from '../page/element.ts';
import { say, sayProblem } from '../page/messages.ts';
import { createProgressView } from './progress-view.ts';

/** What a task works with. */
export interface TaskContext {
  readonly deblur: RemoteDeblur;
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
  /** Says what is done next. */
  readonly begin: (what: string) => void;
}

/** Does one thing at a time, which can be cancelled. */
export interface Tasks {
  /** Runs it unless another is under way; problems are shown. */
  start(work: (context: TaskContext) => Promise<void>): Promise<void>;
  cancel(): void;
  /** Enables the buttons, once there is a picture. */
  allow(): void;
}

const starters = ['restore', 'preview', 'estimate-formula', 'estimate-blind'];

/** Takes charge of the buttons that start and stop work. */
export function createTasks(client: Client): Tasks {
  const progress = createProgressView();
  const cancelButton = element('cancel', HTMLButtonElement);
  let underWay: AbortController | undefined;
  let allowed = false;

  function show(): void {
    const focused = document.activeElement;
    cancelButton.hidden = !underWay;
    // Whoever started it by keyboard finds Cancel under their fingers, and the way back.
    if (underWay && focused instanceof HTMLButtonElement && starters.includes(focused.id)) cancelButton.focus();
    for (const id of starters) element(id, HTMLButtonElement).disabled = !allowed || underWay !== undefined;
    if (!underWay && focused === cancelButton) element('restore', HTMLButtonElement).focus();
  }

  function cancel(): void {
    underWay?.abort();
  }

  cancelButton.addEventListener('click', cancel);
  show();
  return {
    cancel,
    allow(): void {
      allowed = true;
      show();
    },
    async start(work): Promise<void> {
      if (underWay) return;
      const controller = underWay = new AbortController();
      show();
      say('');
      try {
        await client.use((deblur) => work({
          deblur, signal: controller.signal, begin: progress.begin,
          onProgress: (event) => { if (!controller.signal.aborted) progress.onProgress(event); },
        }));
      } catch (error) {
        sayProblem(error);
      } finally {
        underWay = undefined;
        progress.end();
        show();
      }
    },
  };
}
