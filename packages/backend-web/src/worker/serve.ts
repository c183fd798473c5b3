import { declare, fromRuntime, toRuntime } from './tensors.ts';
import type * as Runtime from 'onnxruntime-web';
import type { InferenceSession } from 'onnxruntime-web';
import type { FailureStage, LoadRequest, RunRequest, WorkerMessage, WorkerReply, WorkerRequest } from './messages.ts';

interface WorkerScope {
  readonly name: string;
  onmessage: ((event: MessageEvent<WorkerRequest>) => void) | null;
  postMessage(message: WorkerMessage, transfer?: readonly Transferable[]): void;
}

/**
 * Makes the worker it is called in answer the page: one onnxruntime session, asked by messages. Does nothing in the
 * threads onnxruntime starts from the same script.
 */
export function serve(runtime: typeof Runtime, provider: 'wasm' | 'webgpu'): void {
  const scope = globalThis as unknown as WorkerScope;
  if (scope.name.startsWith('em-pthread')) return;
  let session: InferenceSession | undefined;
  let stage: FailureStage = 'load';
  let last: Promise<void> = Promise.resolve();
  let device: GPUDevice | undefined;
  let deviceErrors: string[] = [];

  async function load({ bytes, threads, wasmPaths }: LoadRequest): Promise<WorkerReply> {
    stage = 'load';
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
  }

  async function watchDevice(): Promise<void> {
    const watched = await runtime.env.webgpu.device as GPUDevice | undefined;
    device = watched;
    watched?.addEventListener('uncapturederror', ({ error }) => {
      const kind = error instanceof GPUOutOfMemoryError ? 'out of memory' : 'GPU error';
      deviceErrors.push(`${kind}: ${error.message}`);
    });
    watched?.lost.then(({ reason, message }) => {
      if (watched === device) scope.postMessage({ kind: 'lost', message: message || reason });
    }, () => undefined);
  }

  async function run({ inputs }: RunRequest): Promise<{ readonly reply: WorkerReply; readonly transfer: readonly ArrayBuffer[] }> {
    stage = 'run';
    if (!session) throw new Error('The worker has no session.');
    deviceErrors = [];
    const values = await session.run(toRuntime(runtime.Tensor, inputs));
    if (deviceErrors.length > 0) throw new Error(deviceErrors.join('\n'));
    const { outputs, transfer } = fromRuntime(values);
    return { reply: { kind: 'ran', outputs }, transfer };
  }

  async function handle({ id, ...request }: WorkerRequest): Promise<void> {
    try {
      if (request.kind === 'load') {
        scope.postMessage({ ...await load(request), id });
      } else {
        const { reply, transfer } = await run(request);
        scope.postMessage({ ...reply, id }, transfer);
      }
    } catch (error) {
      // A lost device fails the run first and says so a moment later.
      if (device) await Promise.race([device.lost, new Promise((resolve) => setTimeout(resolve, 100))]);
      const message = [describe(error), ...deviceErrors].join('\n');
      const failure = { stage: message.includes('no available backend found') ? 'start' : stage, message } as const;
      // After a failed run, sessions on WebGPU (onnxruntime 1.30) never answer again.
      scope.postMessage({ kind: 'failed', id, failure, fatal: provider === 'webgpu' || isFatal(error) });
    }
  }

  scope.onmessage = ({ data }): void => {
    last = last.then(() => handle(data));
  };
  scope.postMessage({ kind: 'ready' });
}

// Emscripten throws RuntimeError for traps and after abort(); numbers are C++ exceptions nobody caught.
function isFatal(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || typeof error === 'number' || /\babort(ed)?\(/i.test(describe(error));
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
