import { AbortedError, DisposedError, ModelError } from '../errors/index.ts';
import { checkRunInputs } from './check-run-inputs.ts';
import { copyTensors } from './copy-tensors.ts';
import { createGate } from './gate.ts';
import { raceAbort } from './race-abort.ts';
import type { ExecutionProvider, Session } from './backend.ts';
import type { CheckedTensors } from './check-loaded-tensors.ts';
import type { NamedTensors } from './tensor.ts';
import type { Warning } from './warning.ts';

/** What a session is made of. */
export interface QueuedSessionParts {
  /** Model id, for messages. */
  readonly model: string;
  readonly provider: ExecutionProvider;
  /** What the loaded model takes and gives. */
  readonly tensors: CheckedTensors;
  /** What was degraded when the session was made. */
  readonly warnings?: readonly Warning[];
  /** Waits for the device before each run; what it gives back is called once, when the run is over. */
  readonly admit: (signal?: AbortSignal) => Promise<() => void>;
  /** Runs the model, one call at a time. The tensors are checked copies whose buffers, `transfer`, may be given away. */
  readonly execute: (tensors: NamedTensors, transfer: readonly ArrayBuffer[]) => Promise<NamedTensors>;
  /** Frees the model; called once, after every accepted run. */
  readonly release: () => Promise<void>;
}

/**
 * Makes a session that keeps the contract of `Session` of something that runs a model once: checks and copies inputs,
 * runs calls in order of arrival, rejects aborted ones at once and disposes after the last. For writers of backends.
 */
export function createQueuedSession(parts: QueuedSessionParts): Session {
  const { model, provider, tensors, warnings, admit, execute, release } = parts;
  const turn = createGate(1);
  let disposing: Promise<void> | undefined;

  async function runInTurn(inputs: NamedTensors, signal: AbortSignal | undefined): Promise<NamedTensors> {
    const copies = copyTensors(inputs);
    const endTurn = await turn.enter(1, signal);
    try {
      const leave = await admit(signal);
      try {
        return await execute(copies.tensors, copies.transfer);
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
    warnings,
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
