import {
  AbortedError, checkLoadedTensors, createGate, createQueuedSession, DisposedError, InvalidArgumentError, ModelError, raceAbort, UnsupportedError,
} from '@deblur/core';
import { attachWorker } from './session/session-worker.ts';
import { chooseDefaultProviders, knownProviders } from './providers/known-providers.ts';
import { findThreadLimit } from './providers/thread-limit.ts';
import { hostModel } from './session/hosted-model.ts';
import { probeProviders } from './providers/probe-providers.ts';
import { resolveWasmPaths } from './session/resolve-wasm-paths.ts';
import { startWorker } from './start-worker.ts';
import type { Backend, ExecutionProvider, ProviderStatus, Session, SessionModel, SessionOptions, Warning } from '@deblur/core';
import type { HostedModel } from './session/hosted-model.ts';
import type { RuntimeBuild } from './providers/known-providers.ts';
import type { SessionExchanges, SessionWorker } from './session/session-worker.ts';
import type { WasmPaths } from './session/resolve-wasm-paths.ts';

/** How the backend behaves where a session says nothing. */
export interface WebBackendOptions {
  /** Providers to try, best first. Default: `webgpu` where the browser has it, then `wasm`. */
  readonly providers?: readonly ExecutionProvider[];
  /**
   * Threads inside one operator on wasm. Default: the processor's, at most 8. Pages that are not cross-origin isolated
   * have one, which is said in a warning.
   */
  readonly threads?: number;
  /**
   * Where onnxruntime-web's `.wasm` and `.mjs` files are, when the bundler does not place them: a folder (URL with the
   * slash at its end) or single files. Relative URLs are resolved against the page.
   */
  readonly wasmPaths?: WasmPaths;
  /** Starts the worker of a build, when the bundler does not: a module worker that runs `@deblur/backend-web/worker/wasm` or `…/webgpu`. */
  readonly createWorker?: (build: RuntimeBuild) => Worker;
  /** Use WebGPU also where the processor emulates it, which is slower than wasm. Default false. */
  readonly softwareWebGpu?: boolean;
  /**
   * Replace a session's worker by a fresh one after so many runs, which gives back memory that wasm never shrinks.
   * Costs one loading of the model each time. Default: never.
   */
  readonly recycleAfterRuns?: number;
}

/** A backend over onnxruntime-web. */
export interface WebBackend extends Backend {
  readonly id: 'web';
  /** Workers alive: one for each session that is loading or loaded. */
  readonly workerCount: number;
}

/**
 * Creates a backend that runs each session in a Web Worker of its own, so that the page stays free and the memory of a
 * disposed session is given back whole. Nothing is loaded before the first session; `probe()` loads nothing.
 *
 * @throws InvalidArgumentError for an empty list of providers, or numbers that are not positive integers
 */
export function createWebBackend(options: WebBackendOptions = {}): WebBackend {
  const { createWorker = startWorker, recycleAfterRuns = Infinity, softwareWebGpu = false } = options;
  if (options.providers?.length === 0) throw new InvalidArgumentError('`providers` is empty; name at least one, e.g. [\'wasm\'].');
  checkCount('threads', options.threads);
  if (recycleAfterRuns !== Infinity) checkCount('recycleAfterRuns', recycleAfterRuns);
  const limit = findThreadLimit();
  const processor = createGate(Math.max(limit.threads, options.threads ?? 1));
  const workers = new Set<SessionWorker>();
  const sessions = new Set<Session>();
  const openings = new Set<Promise<unknown>>();
  let probing: Promise<readonly ProviderStatus[]> | undefined;
  let disposed = false;

  function start(build: RuntimeBuild): SessionWorker {
    const worker = attachWorker<SessionExchanges>(createWorker(build), () => workers.delete(worker));
    workers.add(worker);
    return worker;
  }

  function host(model: SessionModel, build: RuntimeBuild, threads: number): HostedModel {
    const wasmPaths = resolveWasmPaths(options.wasmPaths, build);
    return hostModel({
      model: model.manifest.id, provider: build, bytes: model.bytes, load: { threads, wasmPaths }, start: () => start(build), recycleAfterRuns,
    });
  }

  async function open(model: SessionModel, { provider, signal, threads: wanted = options.threads }: SessionOptions): Promise<Session> {
    await raceAbort(checkUsable(provider), signal);
    const build: RuntimeBuild = provider === 'webgpu' ? 'webgpu' : 'wasm';
    const threads = build === 'webgpu' ? 1 : limit.reason === undefined ? wanted ?? limit.threads : 1;
    const hosted = host(model, build, threads);
    try {
      const tensors = checkLoadedTensors(model.manifest, await raceAbort(hosted.load(), signal));
      if (disposed) throw disposedError();
      const session = createQueuedSession({
        model: model.manifest.id, provider, tensors, warnings: build === 'wasm' ? threadWarnings(wanted) : [],
        admit: async (runSignal) => (build === 'wasm' ? processor.enter(threads, runSignal) : () => undefined),
        execute: hosted.execute,
        release: async () => hosted.end(),
      });
      const tracked = { ...session, dispose: () => session.dispose().finally(() => sessions.delete(tracked)) };
      sessions.add(tracked);
      return tracked;
    } catch (error) {
      hosted.end();
      throw error;
    }
  }

  function threadWarnings(wanted: number | undefined): readonly Warning[] {
    if (limit.reason === undefined || wanted === 1) return [];
    return [{ code: 'threads-limited', message: limit.reason, details: { threads: limit.threads, wanted: wanted ?? navigator.hardwareConcurrency } }];
  }

  async function checkUsable(provider: ExecutionProvider): Promise<void> {
    const details = { provider, known: knownProviders };
    const status = (await probe()).find((candidate) => candidate.provider === provider);
    if (!status) {
      throw new UnsupportedError(`Execution provider ${JSON.stringify(provider)} is not known to the web backend. It knows ${knownProviders.join(', ')}.`, { details });
    }
    if (!status.available) throw new UnsupportedError(`Execution provider ${provider} is not usable here: ${status.reason}`, { details });
  }

  function probe(): Promise<readonly ProviderStatus[]> {
    probing ??= probeProviders({ softwareWebGpu });
    return probing;
  }

  return {
    specificationVersion: 1,
    id: 'web',
    defaultProviders: options.providers ?? chooseDefaultProviders(),
    get workerCount(): number {
      return workers.size;
    },
    probe,
    async createSession(model, sessionOptions): Promise<Session> {
      if (disposed) throw disposedError();
      AbortedError.throwIfAborted(sessionOptions.signal);
      checkCount('threads', sessionOptions.threads);
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
    },
  };
}

function checkCount(name: string, count: number | undefined): void {
  if (count !== undefined && !(Number.isSafeInteger(count) && count >= 1)) {
    throw new InvalidArgumentError(`\`${name}\` is ${count}; it must be an integer of at least 1.`, { details: { [name]: count } });
  }
}

function disposedError(): DisposedError {
  return new DisposedError('The web backend was disposed; create a new one with createWebBackend().');
}
