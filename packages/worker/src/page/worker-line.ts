import { AbortedError, DeviceLostError, DisposedError, InvalidArgumentError, raceAbort, UnsupportedError } from '@deblur/core';
import type { ProgressListener } from '@deblur/core';
import { listen } from '../endpoint/listen.ts';
import type { WorkerEndpoint } from '../endpoint/worker-endpoint.ts';
import type { PageMessage, WorkerMessage } from '../protocol/messages.ts';
import type { OperationName, Operations } from '../protocol/operations.ts';
import { reviveError } from '../protocol/revive-error.ts';

/** What belongs to a call besides its argument. */
export interface CallContext {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
  readonly transfer: readonly Transferable[];
}

/** The page's line to a worker: calls, and what comes back of them. */
export interface WorkerLine {
  call<Name extends OperationName>(operation: Name, argument: Operations[Name]['argument'], context: CallContext): Promise<Operations[Name]['value']>;
  /** Rejects what is under way and ends the worker, which has a second to free its sessions. Safe to call twice. */
  dispose(): Promise<void>;
}

interface Pending {
  readonly onProgress: ProgressListener | undefined;
  resolve(value: never): void;
  reject(error: Error): void;
}

const timeToDispose = 1000;

/** Opens the line. Calls wait until the worker listens. */
export function openLine(endpoint: WorkerEndpoint): WorkerLine {
  const pending = new Map<number, Pending>();
  let nextId = 0;
  let ended: Error | undefined;
  let ready = false;
  let becomeReady = (): void => undefined;
  const listening = new Promise<void>((resolve) => { becomeReady = resolve; });
  let disposed = (): void => undefined;
  let disposing: Promise<void> | undefined;

  function post(message: PageMessage, transfer: readonly Transferable[] = []): void {
    endpoint.postMessage(message, [...transfer] as never[]);
  }

  function hangUp(): void {
    if (endpoint.terminate) void endpoint.terminate();
    else endpoint.close?.();
  }

  function end(error: Error): void {
    if (ended) return;
    ended = error;
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
    becomeReady();
  }

  function lose(reason: string): void {
    end(ready ? lost(reason) : notStarted(reason));
    disposed();
    hangUp();
  }

  function receive(message: WorkerMessage): void {
    if (message.kind === 'ready') {
      ready = true;
      becomeReady();
    } else if (message.kind === 'disposed') {
      disposed();
    } else if (message.kind === 'progress') {
      pending.get(message.id)?.onProgress?.(message.event);
    } else {
      const call = pending.get(message.id);
      pending.delete(message.id);
      if (message.kind === 'done') call?.resolve(message.value as never);
      else call?.reject(reviveError(message.error));
    }
  }

  function abort(id: number, reason: unknown): void {
    // The caller has been answered; nobody waits for what the worker says now.
    if (!pending.delete(id)) return;
    try {
      post({ kind: 'abort', id, reason });
    } catch {
      post({ kind: 'abort', id, reason: String(reason) });
    }
  }

  async function sayFarewell(): Promise<void> {
    const alive = ready && !ended;
    end(new DisposedError('This client was disposed; start another worker and connect to it.'));
    if (alive) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeToDispose);
        disposed = (): void => {
          clearTimeout(timer);
          resolve();
        };
        post({ kind: 'dispose' });
      });
    }
    hangUp();
  }

  listen<WorkerMessage>(endpoint, { onMessage: receive, onFailure: lose, onClose: () => lose('it ended') });
  post({ kind: 'hello' });

  return {
    async call(operation, argument, { signal, onProgress, transfer }) {
      AbortedError.throwIfAborted(signal);
      await raceAbort(listening, signal);
      if (ended) throw ended;
      const id = nextId++;
      const answer = new Promise<never>((resolve, reject) => pending.set(id, { resolve, reject, onProgress }));
      const stop = (): void => abort(id, signal?.reason);
      try {
        post({ kind: 'call', id, operation, argument, progress: onProgress !== undefined }, transfer);
      } catch (cause) {
        pending.delete(id);
        throw notSendable(operation, cause);
      }
      signal?.addEventListener('abort', stop, { once: true });
      return raceAbort(answer, signal).finally(() => signal?.removeEventListener('abort', stop));
    },
    dispose(): Promise<void> {
      disposing ??= sayFarewell();
      return disposing;
    },
  };
}

function lost(reason: string): DeviceLostError {
  return new DeviceLostError(`The worker of this client is gone: ${reason || 'it gave no reason'}. Start another worker and connect to it.`);
}

function notStarted(reason: string): UnsupportedError {
  return new UnsupportedError(
    `The worker of this client could not be started${reason ? ` (${reason})` : ''}. See that its script is found, calls serveDeblur() and, in a cross-origin `
    + 'isolated page, is served with Cross-Origin-Embedder-Policy too; a Content-Security-Policy needs worker-src \'self\'.',
  );
}

function notSendable(operation: string, cause: unknown): InvalidArgumentError {
  return new InvalidArgumentError(
    `An argument of ${operation}() cannot be sent to a worker: ${cause instanceof Error ? cause.message : String(cause)}. Name a model instead of passing it; pass `
    + 'a canvas of the page by transferControlToOffscreen(), an image element by its src or createImageBitmap().',
    { cause },
  );
}
