import { DeviceLostError, DisposedError, UnsupportedError } from '@deblur/core';
import type { FailedReply, LoadedReply, LoadRequest, RanReply, RunRequest, WorkerMessage, WorkerReply } from '../worker/messages.ts';

/** The page's end of one worker. */
export interface SessionWorker {
  /** Asks the worker. Buffers in `transfer` are gone afterwards. @throws UnsupportedError when it never started, DeviceLostError when it is lost */
  request(message: LoadRequest, transfer: readonly ArrayBuffer[]): Promise<LoadedReply | FailedReply>;
  request(message: RunRequest, transfer: readonly ArrayBuffer[]): Promise<RanReply | FailedReply>;
  /** Ends the worker at once and gives its memory back; what it was asked is rejected. Safe to call twice. */
  terminate(): void;
}

interface Pending {
  resolve(reply: WorkerReply): void;
  reject(error: unknown): void;
}

/**
 * Takes charge of a worker.
 * @param onEnd called once, when the worker is ended or lost
 */
export function attachWorker(worker: Worker, onEnd: () => void): SessionWorker {
  const pending = new Map<number, Pending>();
  let nextId = 0;
  let ready = false;
  let ended: Error | undefined;

  function end(error: Error): void {
    if (ended) return;
    ended = error;
    worker.terminate();
    onEnd();
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  }

  worker.onmessage = ({ data }: MessageEvent<WorkerMessage>): void => {
    if (data.kind === 'ready') {
      ready = true;
    } else if (data.kind === 'lost') {
      end(new DeviceLostError(`The GPU device was lost: ${data.message}. Create the session again.`));
    } else {
      const { id, ...reply } = data;
      const waiting = pending.get(id);
      pending.delete(id);
      waiting?.resolve(reply);
    }
  };
  worker.onerror = (event): void => {
    event.preventDefault();
    if (ready) end(new DeviceLostError(`The worker that held the session failed: ${event.message || 'no message'}. Create the session again, with smaller tiles if it fails again.`));
    else end(notStarted(event.message));
  };
  worker.onmessageerror = (): void => end(new DeviceLostError('An answer of the worker that held the session could not be read. Create the session again.'));

  return {
    request(message, transfer): Promise<never> {
      if (ended) return Promise.reject(ended);
      return new Promise<WorkerReply>((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { resolve, reject });
        worker.postMessage({ ...message, id }, [...transfer]);
      }) as Promise<never>;
    },
    terminate: () => end(new DisposedError('The session\'s worker was ended.')),
  };
}

function notStarted(message: string | undefined): UnsupportedError {
  return new UnsupportedError(
    `The worker of @deblur/backend-web could not be started${message ? ` (${message})` : ''}. See that the bundler carries its script and onnxruntime-web along, or pass createWorker to `
    + 'webBackend(). A Content-Security-Policy needs worker-src \'self\' and script-src \'wasm-unsafe-eval\'; in a cross-origin isolated page the script itself '
    + 'must be served with Cross-Origin-Embedder-Policy too.',
  );
}
