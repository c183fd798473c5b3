import { availableParallelism } from 'node:os';
import {
  AbortedError, checkLoadedTensors, createQueuedSession, DisposedError, InvalidArgumentError, ModelError, raceAbort, UnsupportedError,
} from '@deblur/core';
import { chooseDefaultProviders, knownProviders, platformReason } from './providers.ts';
import { createDeviceShares } from './session/admission.ts';
import { locateScript } from './locate-script.ts';
import { probeProviders } from './probe/probe-providers.ts';
import { startSessionWorker } from './session/session-worker.ts';
import { toTypedError } from './session/to-typed-error.ts';
import type { Backend, CheckedTensors, ExecutionProvider, NamedTensors, ProviderStatus, Session, SessionModel, SessionOptions } from '@deblur/core';
import type { SessionAdmission } from './session/admission.ts';
import type { SessionWorker } from './session/session-worker.ts';

/** How the backend behaves where a session says nothing. */
export interface NodeBackendOptions {
  /** Providers to try, best first. Default: `cuda` where its library is installed beside onnxruntime-node, then `cpu`. */
  readonly providers?: readonly ExecutionProvider[];
  /** Threads inside one operator; default: the processor's. Runs of several sessions share them, one after the other. */
  readonly threads?: number;
}

/** A backend over onnxruntime-node. */
export interface NodeBackend extends Backend {
  readonly id: 'node';
  /** Worker threads alive: one for each session that is loading, loaded or not yet ended. */
  readonly workerCount: number;
}

/**
 * Creates a backend that runs each session in a worker thread of its own, so that the event loop stays free.
 * Nothing is loaded before the first session or `probe()`.
 *
 * @throws InvalidArgumentError for an empty list of providers or a number of threads that is not a positive integer
 */
export function createNodeBackend(options: NodeBackendOptions = {}): NodeBackend {
  if (options.providers?.length === 0) throw new InvalidArgumentError('`providers` is empty; name at least one, e.g. [\'cpu\'].');
  const processorThreads = availableParallelism();
  const defaultThreads = checkThreads(options.threads) ?? processorThreads;
  const devices = createDeviceShares(Math.max(processorThreads, defaultThreads));
  const workers = new Set<SessionWorker>();
  const sessions = new Set<Session>();
  const openings = new Set<Promise<unknown>>();
  let probing: Promise<readonly ProviderStatus[]> | undefined;
  let disposed = false;

  function settleWorkers(): void {
    for (const worker of workers) worker.waitUntilIdle();
  }

  function startWorker(): SessionWorker {
    if (workers.size === 0) process.on('exit', settleWorkers);
    const worker = startSessionWorker(locateScript('worker/worker'), () => {
      workers.delete(worker);
      if (workers.size === 0) process.off('exit', settleWorkers);
    });
    workers.add(worker);
    return worker;
  }

  async function load(worker: SessionWorker, admission: SessionAdmission, model: SessionModel, provider: ExecutionProvider, threads: number): Promise<CheckedTensors> {
    const bytes = new Uint8Array(model.bytes);
    const leave = await admission.change();
    try {
      const reply = await worker.request({ kind: 'load', bytes, provider, threads }, [bytes.buffer]);
      if (reply.kind === 'failed') throw toTypedError(reply.failure, { model: model.manifest.id, provider });
      return checkLoadedTensors(model.manifest, reply);
    } finally {
      leave();
    }
  }

  async function open(model: SessionModel, { provider, signal, threads = defaultThreads }: SessionOptions): Promise<Session> {
    const worker = startWorker();
    const admission = devices.admit(provider, threads);
    const release = async (): Promise<void> => {
      const leave = await admission.change();
      await worker.release().finally(leave);
    };
    try {
      const tensors = await raceAbort(load(worker, admission, model, provider, threads), signal);
      if (disposed) throw disposedError();
      const { id } = model.manifest;
      const session = createQueuedSession({
        model: id, provider, tensors, admit: admission.run, release,
        async execute(inputs, transfer): Promise<NamedTensors> {
          const reply = await worker.request({ kind: 'run', inputs }, transfer);
          if (reply.kind === 'failed') throw toTypedError(reply.failure, { model: id, provider });
          return reply.outputs;
        },
      });
      const tracked = { ...session, dispose: () => session.dispose().finally(() => sessions.delete(tracked)) };
      sessions.add(tracked);
      return tracked;
    } catch (error) {
      // Not terminated: the native call under way cannot be, and the worker takes its leave right after it.
      const ended = release();
      if (AbortedError.isInstance(error)) throw error;
      await ended;
      throw UnsupportedError.isInstance(error) ? await withProbedReason(error, provider) : error;
    }
  }

  async function withProbedReason(error: UnsupportedError, provider: ExecutionProvider): Promise<UnsupportedError> {
    if (provider === 'cpu') return error;
    const status = (await probe()).find((candidate) => candidate.provider === provider);
    if (!status?.reason) return error;
    return new UnsupportedError(`Execution provider ${provider} is not usable here: ${status.reason}`, { cause: error, details: error.details });
  }

  function probe(): Promise<readonly ProviderStatus[]> {
    probing ??= probeProviders();
    return probing;
  }

  return {
    specificationVersion: 1,
    id: 'node',
    defaultProviders: options.providers ?? chooseDefaultProviders(),
    get workerCount(): number {
      return workers.size;
    },
    probe,
    async createSession(model, sessionOptions): Promise<Session> {
      if (disposed) throw disposedError();
      AbortedError.throwIfAborted(sessionOptions.signal);
      checkProvider(sessionOptions.provider);
      checkThreads(sessionOptions.threads);
      if (model.bytes.byteLength === 0) {
        throw new ModelError(`The file of model ${model.manifest.id} is empty. Download or install it again and verify its sha256.`);
      }
      const opening = open(model, sessionOptions);
      openings.add(opening);
      try {
        return await opening;
      } finally {
        openings.delete(opening);
      }
    },
    async dispose(): Promise<void> {
      disposed = true;
      await Promise.allSettled([...openings]);
      await Promise.all([...sessions].map((session) => session.dispose()));
      await Promise.all([...workers].map((worker) => worker.ended));
    },
  };
}

function checkProvider(provider: ExecutionProvider): void {
  if (!knownProviders.includes(provider)) {
    throw new UnsupportedError(
      `Execution provider ${JSON.stringify(provider)} is not known to the node backend. It knows ${knownProviders.join(', ')}.`,
      { details: { provider, known: knownProviders } },
    );
  }
  const reason = platformReason(provider);
  if (reason !== undefined) throw new UnsupportedError(`Execution provider ${provider} is not usable here: ${reason}`, { details: { provider } });
}

function checkThreads(threads: number | undefined): number | undefined {
  if (threads !== undefined && !(Number.isSafeInteger(threads) && threads >= 1)) {
    throw new InvalidArgumentError(`\`threads\` is ${threads}; it must be an integer of at least 1.`, { details: { threads } });
  }
  return threads;
}

function disposedError(): DisposedError {
  return new DisposedError('The node backend was disposed; create a new one with createNodeBackend().');
}
