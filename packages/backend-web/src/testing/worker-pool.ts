import type { RuntimeBuild } from '../providers/known-providers.ts';

/** Lends workers that have started onnxruntime already, which takes seconds on slow machines. For tests of many sessions. */
export interface WorkerPool {
  readonly createWorker: (build: RuntimeBuild) => Worker;
  /** Ends every worker. */
  dispose(): void;
}

type Handler = ((event: never) => void) | null;

/** A worker on loan: ended while idle it goes back to the pool, ended at work it is ended. */
export function createWorkerPool(start: (build: RuntimeBuild) => Worker): WorkerPool {
  const idle: Record<RuntimeBuild, Worker[]> = { wasm: [], webgpu: [] };
  const all = new Set<Worker>();

  function lend(build: RuntimeBuild, worker: Worker, used: boolean): Worker {
    const loan: Record<'onmessage' | 'onerror' | 'onmessageerror', Handler> = { onmessage: null, onerror: null, onmessageerror: null };
    let underWay = 0;
    let broken = false;
    worker.onmessage = (event): void => {
      if (event.data.id !== undefined) underWay--;
      if (event.data.fatal || event.data.kind === 'lost') broken = true;
      loan.onmessage?.(event as never);
    };
    worker.onerror = (event): void => {
      broken = true;
      loan.onerror?.(event as never);
    };
    if (used) queueMicrotask(() => loan.onmessage?.(new MessageEvent('message', { data: { kind: 'ready' } }) as never));
    return Object.assign(loan, {
      postMessage(message: unknown, transfer: Transferable[]): void {
        underWay++;
        worker.postMessage(message, transfer);
      },
      terminate(): void {
        worker.onmessage = worker.onerror = null;
        if (underWay === 0 && !broken) {
          idle[build].push(worker);
          return;
        }
        worker.terminate();
        all.delete(worker);
      },
    }) as unknown as Worker;
  }

  return {
    createWorker(build): Worker {
      const known = idle[build].pop();
      if (known) return lend(build, known, true);
      const worker = start(build);
      all.add(worker);
      return lend(build, worker, false);
    },
    dispose(): void {
      for (const worker of all) worker.terminate();
    },
  };
}
