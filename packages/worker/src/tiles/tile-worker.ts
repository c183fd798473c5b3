import { AbortedError, DeviceLostError, raceAbort, UnsupportedError } from '@deblur/core';
import type { DeconvolutionJob, SampleArray } from '@deblur/core';
import { listen } from '../endpoint/listen.ts';
import type { WorkerEndpoint } from '../endpoint/worker-endpoint.ts';
import { reviveError } from '../protocol/revive-error.ts';
import type { TileOwnerMessage, TileWorkerMessage } from './tile-messages.ts';

/** A job and the number by which workers know it. */
export interface NumberedJob {
  readonly number: number;
  readonly description: DeconvolutionJob;
}

/** A worker that computes tiles, one at a time. */
export interface TileWorker {
  /** Whether it can compute no more, and why. */
  readonly ended: Error | undefined;
  /**
   * Computes a tile. After an abort it settles when the worker has really stopped.
   * @throws UnsupportedError if the worker could not be started; DeviceLostError if it is gone; AbortedError; what deconvolution throws
   */
  solve(job: NumberedJob, tile: SampleArray, signal: AbortSignal | undefined): Promise<Float32Array>;
  /** Forgets a job. */
  close(job: NumberedJob): void;
  /** Ends the worker; what it computes rejects with `reason`. */
  end(reason: Error): Promise<void>;
}

interface Pending {
  resolve(data: Float32Array): void;
  reject(error: Error): void;
}

/** Takes charge of a worker whose script calls `serveDeconvolution()`. */
export function createTileWorker(endpoint: WorkerEndpoint): TileWorker {
  const known = new Set<number>();
  const pending = new Map<number, Pending>();
  let nextId = 0;
  let ready = false;
  let ended: Error | undefined;
  let settleStart = (): void => undefined;
  const started = new Promise<void>((resolve) => { settleStart = resolve; });

  function post(message: TileOwnerMessage, transfer: readonly ArrayBufferLike[] = []): void {
    endpoint.postMessage(message, [...transfer] as never[]);
  }

  function receive(message: TileWorkerMessage): void {
    if (message.kind === 'ready') {
      ready = true;
      settleStart();
      return;
    }
    const tile = pending.get(message.id);
    pending.delete(message.id);
    if (message.kind === 'done') tile?.resolve(message.data);
    else tile?.reject(reviveError(message.error));
  }

  async function end(reason: Error): Promise<void> {
    if (ended) return;
    ended = reason;
    for (const { reject } of pending.values()) reject(reason);
    pending.clear();
    settleStart();
    if (endpoint.terminate) await endpoint.terminate();
    else endpoint.close?.();
  }

  const lose = (reason: string): void => void end(ready ? lost(reason) : notStarted(reason));
  listen<TileWorkerMessage>(endpoint, { onMessage: receive, onFailure: lose, onClose: () => lose('it ended') });
  post({ kind: 'hello' });

  return {
    get ended() {
      return ended;
    },
    async solve(job, tile, signal) {
      await raceAbort(started, signal);
      if (ended) throw ended;
      AbortedError.throwIfAborted(signal);
      if (!known.has(job.number)) {
        post({ kind: 'open', job: job.number, description: job.description });
        known.add(job.number);
      }
      const id = nextId++;
      // The owner compares the result with its tile, and so keeps it.
      const data = tile.slice();
      const result = new Promise<Float32Array>((resolve, reject) => pending.set(id, { resolve, reject }));
      post({ kind: 'solve', job: job.number, id, data }, [data.buffer]);
      const stop = (): void => post({ kind: 'abort', id });
      signal?.addEventListener('abort', stop, { once: true });
      return result.finally(() => signal?.removeEventListener('abort', stop));
    },
    close(job) {
      if (known.delete(job.number) && !ended) post({ kind: 'close', job: job.number });
    },
    end,
  };
}

function lost(reason: string): DeviceLostError {
  return new DeviceLostError(`A worker for deconvolution is gone: ${reason || 'it gave no reason'}. Restore the picture again: another one will be started.`);
}

function notStarted(reason: string): UnsupportedError {
  return new UnsupportedError(
    `A worker for deconvolution could not be started${reason ? ` (${reason})` : ''}. See that its script is found and calls serveDeconvolution().`,
  );
}
