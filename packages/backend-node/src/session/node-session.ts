import { AbortedError, DisposedError, ModelError, raceAbort } from '@deblur/core';
import { checkRunInputs } from './check-tensors.ts';
import { copyTensors } from './copy-tensors.ts';
import { createGate } from './gate.ts';
import { toTypedError } from './to-typed-error.ts';
import type { ExecutionProvider, NamedTensors, Session } from '@deblur/core';
import type { Admission } from './admission.ts';
import type { CheckedTensors } from './check-manifest.ts';
import type { SessionWorker } from './session-worker.ts';

/** What a session is made of. */
export interface NodeSessionParts {
  /** Model id, for messages. */
  readonly model: string;
  readonly provider: ExecutionProvider;
  readonly tensors: CheckedTensors;
  readonly worker: SessionWorker;
  /** Waits for the device before each run. */
  readonly admit: Admission;
  /** Frees the model and ends the worker. */
  readonly release: () => Promise<void>;
}

/** Wraps a worker that has loaded a model as a session. */
export function createNodeSession({ model, provider, tensors, worker, admit, release }: NodeSessionParts): Session {
  const turn = createGate(1);
  let disposing: Promise<void> | undefined;

  async function runInTurn(inputs: NamedTensors, signal: AbortSignal | undefined): Promise<NamedTensors> {
    const { tensors: copies, transfer } = copyTensors(inputs);
    const endTurn = await turn.enter(1, signal);
    try {
      const leave = await admit(signal);
      try {
        const reply = await worker.request({ kind: 'run', inputs: copies }, transfer);
        if (reply.kind === 'failed') throw toTypedError(reply.failure, { model, provider });
        return reply.outputs;
      } finally {
        leave();
      }
    } finally {
      endTurn();
    }
  }

  return {
    provider,
    inputs: tensors.inputs,
    outputs: tensors.outputs,
    async run(inputs, options): Promise<NamedTensors> {
      const signal = options?.signal;
      if (disposing) throw new DisposedError(`The session of ${model} was disposed; create a new one.`);
      AbortedError.throwIfAborted(signal);
      if (typeof inputs !== 'object' || inputs === null) throw new ModelError(`${model}: run() takes an object of tensors by name.`);
      checkRunInputs(model, tensors.inputs, inputs);
      return raceAbort(runInTurn(inputs, signal), signal);
    },
    dispose(): Promise<void> {
      // Turns are given in order of arrival, so this one comes after every call that was accepted.
      disposing ??= turn.enter(1).then(release);
      return disposing;
    },
  };
}
