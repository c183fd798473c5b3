import { Worker } from 'node:worker_threads';
import { DeviceLostError } from '@deblur/core';
import type { FailedReply, LoadRequest, LoadedReply, RanReply, RunRequest, WorkerData, WorkerReply, WorkerRequest } from '../worker/messages.ts';

/** The main thread's end of one worker. */
export interface SessionWorker {
  /** Asks the worker. Buffers in `transfer` are gone afterwards. @throws DeviceLostError when the worker ends before it answers */
  request(message: LoadRequest, transfer: readonly ArrayBuffer[]): Promise<LoadedReply | FailedReply>;
  request(message: RunRequest, transfer: readonly ArrayBuffer[]): Promise<RanReply | FailedReply>;
  /** Frees the session and waits for the worker's end. Safe when it has ended already. */
  release(): Promise<void>;
  /** Resolves when the worker has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /**
   * Blocks this thread until the worker has nothing under way. For the process's exit: Node ends workers then, and
   * onnxruntime-node aborts the process when that happens to one inside a native call.
   */
  waitUntilIdle(): void;
}

/** Bounds the wait for a worker that died without a word. */
const longestWaitMs = 120_000;

interface Pending {
  resolve(reply: WorkerReply): void;
  reject(error: unknown): void;
}

/**
 * Starts a worker. It keeps the process alive only while a request is under way, so that a program may end without
 * disposing of anything.
 *
 * @param script the worker's entry
 * @param onExit called once, when the worker has ended for whatever reason
 */
export function startSessionWorker(script: URL, onExit: () => void): SessionWorker {
  // Flags of the process such as --input-type or --inspect are not the worker's.
  const outstanding = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(script, { name: 'deblur session', execArgv: [], workerData: { outstanding } satisfies WorkerData });
  const pending = new Map<number, Pending>();
  let nextId = 0;
  let lost: DeviceLostError | undefined;

  function lose(reason: string, cause?: unknown): void {
    lost ??= new DeviceLostError(
      `The worker thread that held the session ended: ${reason}. Create the session again; if it ends again, use smaller tiles or fewer threads.`,
      { cause },
    );
    for (const { reject } of pending.values()) reject(lost);
    pending.clear();
  }

  const ended = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      lose(`exit code ${code}`);
      onExit();
      resolve();
    });
  });
  worker.on('error', (error) => lose(error.message, error));
  worker.on('messageerror', (error) => lose(error.message, error));
  worker.on('message', (reply: WorkerReply) => {
    const waiting = pending.get(reply.id);
    pending.delete(reply.id);
    if (pending.size === 0) worker.unref();
    waiting?.resolve(reply);
  });

  function send(message: WorkerRequest, transfer: readonly ArrayBuffer[]): void {
    worker.ref();
    Atomics.add(outstanding, 0, 1);
    worker.postMessage(message, [...transfer]);
  }

  function request(message: LoadRequest | RunRequest, transfer: readonly ArrayBuffer[]): Promise<never> {
    if (lost) return Promise.reject(lost);
    return new Promise<WorkerReply>((resolve, reject) => {
      const id = nextId++;
      pending.set(id, { resolve, reject });
      send({ ...message, id }, transfer);
    }) as Promise<never>;
  }

  return {
    request,
    ended,
    async release(): Promise<void> {
      if (lost) return ended;
      send({ kind: 'release', id: nextId++ }, []);
      return ended;
    },
    waitUntilIdle(): void {
      for (let count = Atomics.load(outstanding, 0); count > 0 && !lost; count = Atomics.load(outstanding, 0)) {
        if (Atomics.wait(outstanding, 0, count, longestWaitMs) === 'timed-out') return;
      }
    },
  };
}
