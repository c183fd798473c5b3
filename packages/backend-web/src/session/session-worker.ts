import { DeviceLostError, DisposedError, UnsupportedError } from '@deblur/core';
import type { FailedReply, LoadedReply, LoadRequest, LostNote, RanReply, ReadyNote, RunRequest } from '../worker/messages.ts';

/** Requests a worker answers and the replies, by the kind of the request. */
type Exchanges = Readonly<Record<string, { readonly request: { readonly kind: string }; readonly reply: unknown }>>;

/** Something the worker says without being asked. */
export interface Note {
  readonly kind: string;
}

/** The page's end of one worker. */
export interface LinkedWorker<E extends Exchanges> {
  /** Asks the worker. What is in `transfer` is gone afterwards. @throws UnsupportedError when it never started, DeviceLostError when it is lost */
  request<K extends keyof E & string>(
    message: E[K]['request'] & { readonly kind: K }, transfer: readonly Transferable[],
  ): Promise<E[K]['reply'] | FailedReply>;
  /** Tells the worker something it does not answer. */
  tell(note: Note): void;
  /** Ends the worker at once and gives its memory back; what it was asked is rejected. Safe to call twice. */
  terminate(): void;
}

/** What a worker that runs a session answers. */
export type SessionExchanges = {
  readonly load: { readonly request: LoadRequest; readonly reply: LoadedReply };
  readonly run: { readonly request: RunRequest; readonly reply: RanReply };
};

/** A worker that runs a session. */
export type SessionWorker = LinkedWorker<SessionExchanges>;

interface Pending {
  resolve(reply: unknown): void;
  reject(error: unknown): void;
}

/** What comes from a worker. */
type Incoming = ReadyNote | LostNote | (Note & { readonly id?: number });

/**
 * Takes charge of a worker.
 * @param onEnd called once, when the worker is ended or lost
 * @param onNote called with what the worker says without being asked
 */
export function attachWorker<E extends Exchanges>(worker: Worker, onEnd: () => void, onNote?: (note: Note) => void): LinkedWorker<E> {
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

  worker.onmessage = ({ data }: MessageEvent<Incoming>): void => {
    if ('id' in data && data.id !== undefined) {
      const { id, ...reply } = data;
      const waiting = pending.get(id);
      pending.delete(id);
      waiting?.resolve(reply);
    } else if (data.kind === 'ready') {
      ready = true;
    } else if ('message' in data) {
      end(new DeviceLostError(`The GPU device was lost: ${data.message}. Create the session again.`));
    } else {
      onNote?.(data);
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
      return new Promise<unknown>((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { resolve, reject });
        worker.postMessage({ ...message, id }, [...transfer]);
      }) as Promise<never>;
    },
    tell(note): void {
      if (!ended) worker.postMessage(note);
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
