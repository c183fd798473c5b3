import { AbortedError, checkLoadedTensors, DisposedError } from '@deblur/core';
import { attachWorker } from '../session/session-worker.ts';
import { toTypedError } from '../session/to-typed-error.ts';
import type { GpuExchanges, RestoredReply, RestoreRequest, ShowNote, TilesNote } from '../worker/gpu/messages.ts';
import type { LinkedWorker, Note } from '../session/session-worker.ts';
import type { ModelManifest } from '@deblur/core';
import type { RuntimeFiles } from '../worker/messages.ts';

/** How a model is hosted. */
export interface HostedGpuModelOptions {
  readonly manifest: ModelManifest;
  /** The ONNX file; copied. */
  readonly bytes: Uint8Array;
  readonly createWorker: () => Worker;
  /** Where onnxruntime-web's files are, absolute. */
  readonly wasmPaths: string | RuntimeFiles | undefined;
}

/** Who wants to know of a picture under way, and whether it is still wanted. */
export interface RestoreListener {
  readonly signal?: AbortSignal | undefined;
  onTiles?(done: number): void;
  onShow?(bitmap: ImageBitmap): void;
}

/** A model on the GPU, in a worker of its own that is replaced when it fails. */
export interface HostedGpuModel {
  /** Starts a worker and loads the model, in place of the worker before. */
  start(): Promise<void>;
  /** True after a failure: call `start` before `restore`. */
  readonly stopped: boolean;
  /** Restores one picture, which is taken; not to be called again before it has settled. */
  restore(request: Omit<RestoreRequest, 'kind' | 'task'>, listener: RestoreListener): Promise<RestoredReply>;
  /** Ends the worker at once. Safe to call twice. */
  end(): void;
}

/** Keeps a model's file outside the script's memory and its worker alive. */
export function hostGpuModel({ manifest, bytes, createWorker, wasmPaths }: HostedGpuModelOptions): HostedGpuModel {
  const file = new Blob([bytes as Uint8Array<ArrayBuffer>]);
  const context = { model: manifest.id, provider: 'webgpu' } as const;
  let worker: LinkedWorker<GpuExchanges> | undefined;
  let listener: RestoreListener = {};
  let task = 0;
  let ended = false;

  function hear(note: Note): void {
    const told = note as TilesNote | ShowNote;
    const wanted = told.task === task && !listener.signal?.aborted;
    if (told.kind === 'tiles' && wanted) listener.onTiles?.(told.done);
    if (told.kind !== 'show') return;
    if (wanted && listener.onShow) listener.onShow(told.bitmap);
    else told.bitmap.close();
  }

  function drop(): void {
    worker?.terminate();
    worker = undefined;
  }

  return {
    get stopped(): boolean {
      return worker === undefined;
    },
    async start(): Promise<void> {
      drop();
      const content = new Uint8Array(await file.arrayBuffer());
      if (ended) throw new DisposedError(`The GPU restorer of ${manifest.id} was disposed; create a new one.`);
      const started = attachWorker<GpuExchanges>(createWorker(), () => {
        if (worker === started) worker = undefined;
      }, hear);
      worker = started;
      try {
        const reply = await started.request({ kind: 'load', bytes: content, threads: 1, ...(wasmPaths !== undefined && { wasmPaths }) }, [content.buffer]);
        if (reply.kind === 'failed') throw toTypedError(reply.failure, context);
        checkLoadedTensors(manifest, reply);
      } catch (error) {
        drop();
        throw error;
      }
    },
    async restore(request, heard): Promise<RestoredReply> {
      const { signal } = heard;
      AbortedError.throwIfAborted(signal);
      const used = worker!;
      listener = heard;
      const stop = (): void => used.tell({ kind: 'stop', task } as Note);
      task++;
      signal?.addEventListener('abort', stop, { once: true });
      try {
        const reply = await used.request({ ...request, kind: 'restore', task }, [request.picture]);
        if (reply.kind === 'restored') return reply;
        AbortedError.throwIfAborted(signal);
        if (reply.kind === 'stopped') throw new AbortedError(signal?.reason);
        if (reply.fatal) drop();
        throw toTypedError(reply.failure, context);
      } finally {
        signal?.removeEventListener('abort', stop);
      }
    },
    end(): void {
      ended = true;
      drop();
    },
  };
}

