import { DisposedError } from '@deblur/core';
import { toTypedError } from './to-typed-error.ts';
import type { DeclaredTensor, ExecutionProvider, NamedTensors } from '@deblur/core';
import type { LoadRequest } from '../worker/messages.ts';
import type { SessionWorker } from './session-worker.ts';

/** How a model is hosted. */
export interface HostedModelOptions {
  /** Model id, for messages. */
  readonly model: string;
  readonly provider: ExecutionProvider;
  /** The ONNX file; copied. */
  readonly bytes: Uint8Array;
  /** Everything of the load request but the bytes. */
  readonly load: Omit<LoadRequest, 'kind' | 'bytes'>;
  /** Starts a fresh worker. */
  readonly start: () => SessionWorker;
  /** Runs after which the worker is replaced. */
  readonly recycleAfterRuns: number;
}

/** A model in a worker of its own, which can be replaced by a fresh one between two runs. */
export interface HostedModel {
  /** Starts the worker and loads the model. */
  load(): Promise<{ readonly inputs: readonly DeclaredTensor[]; readonly outputs: readonly DeclaredTensor[] }>;
  /** Runs the model once; not to be called again before it has settled. */
  execute(inputs: NamedTensors, transfer: readonly ArrayBuffer[]): Promise<NamedTensors>;
  /** Ends the worker at once. Safe to call twice. */
  end(): void;
}

/** Keeps a model's file outside the script's memory and its worker alive. */
export function hostModel({ model, provider, bytes, load, start, recycleAfterRuns }: HostedModelOptions): HostedModel {
  const file = new Blob([bytes as Uint8Array<ArrayBuffer>]);
  let worker: SessionWorker | undefined;
  let runs = 0;
  let ended = false;

  async function startLoaded(): ReturnType<HostedModel['load']> {
    const content = new Uint8Array(await file.arrayBuffer());
    if (ended) throw new DisposedError(`The session of ${model} was disposed; create a new one.`);
    worker = start();
    runs = 0;
    const reply = await worker.request({ ...load, kind: 'load', bytes: content }, [content.buffer]);
    if (reply.kind === 'failed') throw toTypedError(reply.failure, { model, provider });
    return reply;
  }

  function drop(): void {
    worker?.terminate();
    worker = undefined;
  }

  return {
    load: startLoaded,
    async execute(inputs, transfer): Promise<NamedTensors> {
      if (runs >= recycleAfterRuns) drop();
      if (!worker) await startLoaded();
      runs++;
      const reply = await worker!.request({ kind: 'run', inputs }, transfer);
      if (reply.kind === 'ran') return reply.outputs;
      if (reply.fatal) drop();
      throw toTypedError(reply.failure, { model, provider });
    },
    end(): void {
      ended = true;
      drop();
    },
  };
}
