import { declare } from './tensors.ts';
import type * as Runtime from 'onnxruntime-web';
import type { InferenceSession } from 'onnxruntime-web';
import type { LoadedReply, LoadRequest } from './messages.ts';

/** onnxruntime in this worker with at most one session. */
export interface LoadedRuntime {
  /** The session. @throws Error before the first `load` */
  readonly session: InferenceSession;
  /** The GPU device the session computes on. */
  readonly device: GPUDevice | undefined;
  /** What the device reported since the last `clearErrors`. */
  readonly deviceErrors: readonly string[];
  clearErrors(): void;
  /** Loads a model in place of the one before. */
  load(request: LoadRequest): Promise<LoadedReply>;
}

/** @param onLost told when the device the session computes on is gone */
export function createLoadedRuntime(runtime: typeof Runtime, provider: 'wasm' | 'webgpu', onLost: (message: string) => void): LoadedRuntime {
  let session: InferenceSession | undefined;
  let device: GPUDevice | undefined;
  let deviceErrors: string[] = [];

  async function watchDevice(): Promise<void> {
    const watched = await runtime.env.webgpu.device as GPUDevice | undefined;
    device = watched;
    watched?.addEventListener('uncapturederror', ({ error }) => {
      const kind = error instanceof GPUOutOfMemoryError ? 'out of memory' : 'GPU error';
      deviceErrors.push(`${kind}: ${error.message}`);
    });
    watched?.lost.then(({ reason, message }) => {
      if (watched === device) onLost(message || reason);
    }, () => undefined);
  }

  return {
    get session(): InferenceSession {
      if (!session) throw new Error('The worker has no session.');
      return session;
    },
    get device(): GPUDevice | undefined {
      return device;
    },
    get deviceErrors(): readonly string[] {
      return deviceErrors;
    },
    clearErrors(): void {
      deviceErrors = [];
    },
    async load({ bytes, threads, wasmPaths }): Promise<LoadedReply> {
      const { env, InferenceSession: Session } = runtime;
      // Failures come back as errors; the runtime would print them as well.
      env.logLevel = 'fatal';
      env.wasm.numThreads = threads;
      if (wasmPaths !== undefined) env.wasm.wasmPaths = wasmPaths;
      device = undefined;
      await session?.release();
      session = await Session.create(bytes, {
        executionProviders: [provider],
        graphOptimizationLevel: 'all',
        enableMemPattern: false,
        logSeverityLevel: 4,
      });
      if (provider === 'webgpu') await watchDevice();
      return { kind: 'loaded', inputs: session.inputMetadata.map(declare), outputs: session.outputMetadata.map(declare) };
    },
  };
}
