import { createGate, DisposedError, InvalidArgumentError, raceAbort, UnsupportedError } from '@deblur/core';
import type { DeblurPlugin, SampleArray, TileSolvers } from '@deblur/core';
import type { WorkerEndpoint } from '../endpoint/worker-endpoint.ts';
import { defaultSize } from './default-size.ts';
import { createTileWorker } from './tile-worker.ts';
import type { NumberedJob, TileWorker } from './tile-worker.ts';

/** Workers for deconvolution. */
export interface DeconvolutionWorkersOptions {
  /** Starts a worker whose script calls `serveDeconvolution()`. Called when one is needed, at most `size` times while none is lost. */
  start(): WorkerEndpoint;
  /** Most workers, ≥ 1. Default: one less than the processor has threads, from 1 to 8. */
  readonly size?: number;
}

/**
 * Deconvolution of large pictures on several threads: tiles are computed by workers at the same time. Networks do not use them, nor do
 * `polyblur`, `pnp` and pictures of one tile. How a picture is cut, and thus its pixels, do not depend on the number of workers. They
 * need neither shared memory nor a cross-origin isolated page. They are started with the first picture that needs them, and ended by
 * `dispose()` of the client. One that cannot be started is a `threads-limited` warning of the result; one that is lost rejects the call
 * with a `DeviceLostError`.
 *
 * @example
 * ```ts
 * const start = () => new Worker(new URL('./deconvolution-worker.ts', import.meta.url), { type: 'module' });
 * const deblur = createDeblur({ plugins: [canvasCodec(), deconvolutionWorkers({ start })] });
 * ```
 * @throws InvalidArgumentError unless `size` is an integer ≥ 1
 */
export function deconvolutionWorkers({ start, size = defaultSize() }: DeconvolutionWorkersOptions): DeblurPlugin {
  if (!Number.isInteger(size) || size < 1) throw new InvalidArgumentError(`size is ${size}; it must be a whole number of workers, 1 or more.`);
  return { specificationVersion: 1, id: 'deconvolution-workers', solvers: createSolvers(start, size) };
}

function createSolvers(start: () => WorkerEndpoint, size: number): TileSolvers {
  const gate = createGate(size);
  const workers = new Set<TileWorker>();
  /** The last one to become idle is the first one to be used: the others need no memory for the job. */
  const idle: TileWorker[] = [];
  let nextNumber = 0;
  let notStarted: UnsupportedError | undefined;
  let failures = 0;
  let disposed = false;

  function take(): TileWorker {
    if (disposed) throw new DisposedError('This client was disposed; create a new one with createDeblur().');
    for (let worker = idle.pop(); worker; worker = idle.pop()) {
      if (!worker.ended) return worker;
      workers.delete(worker);
    }
    if (notStarted && workers.size + failures >= size) throw notStarted;
    try {
      const worker = createTileWorker(start());
      workers.add(worker);
      return worker;
    } catch (cause) {
      failures++;
      notStarted = new UnsupportedError(`A worker for deconvolution could not be started (${cause instanceof Error ? cause.message : String(cause)}).`, { cause });
      throw notStarted;
    }
  }

  function putBack(worker: TileWorker): void {
    if (!worker.ended) {
      idle.push(worker);
      return;
    }
    workers.delete(worker);
    if (!UnsupportedError.isInstance(worker.ended)) return;
    failures++;
    notStarted = worker.ended;
  }

  async function solve(job: NumberedJob, tile: SampleArray, signal: AbortSignal | undefined): Promise<Float32Array> {
    const leave = await gate.enter(1, signal);
    let worker: TileWorker;
    try {
      worker = take();
    } catch (error) {
      leave();
      throw error;
    }
    const work = worker.solve(job, tile, signal).finally(() => {
      putBack(worker);
      leave();
    });
    work.catch(() => undefined);
    return raceAbort(work, signal);
  }

  return {
    size,
    prepare(description) {
      const job: NumberedJob = { number: nextNumber++, description };
      return {
        run: (tiles, signal) => Promise.all(tiles.map((tile) => solve(job, tile, signal))),
        close() {
          for (const worker of workers) worker.close(job);
        },
      };
    },
    async dispose() {
      disposed = true;
      idle.length = 0;
      const reason = new DisposedError('The client was disposed.');
      await Promise.all([...workers].map((worker) => worker.end(reason)));
      workers.clear();
    },
  };
}
