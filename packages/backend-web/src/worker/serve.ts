import { createLoadedRuntime } from './loaded-runtime.ts';
import { fromRuntime, toRuntime } from './tensors.ts';
import { toFailedReply } from './to-failed-reply.ts';
import type * as Runtime from 'onnxruntime-web';
import type { RunRequest, WorkerMessage, WorkerReply, WorkerRequest } from './messages.ts';

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
  const loaded = createLoadedRuntime(runtime, provider, (message) => scope.postMessage({ kind: 'lost', message }));
  let last: Promise<void> = Promise.resolve();

  async function run({ inputs }: RunRequest): Promise<{ readonly reply: WorkerReply; readonly transfer: readonly ArrayBuffer[] }> {
    const { session } = loaded;
    loaded.clearErrors();
    const values = await session.run(toRuntime(runtime.Tensor, inputs));
    if (loaded.deviceErrors.length > 0) throw new Error('The GPU reported errors.');
    const { outputs, transfer } = fromRuntime(values);
    return { reply: { kind: 'ran', outputs }, transfer };
  }

  async function handle({ id, ...request }: WorkerRequest): Promise<void> {
    try {
      if (request.kind === 'load') {
        scope.postMessage({ ...await loaded.load(request), id });
      } else {
        const { reply, transfer } = await run(request);
        scope.postMessage({ ...reply, id }, transfer);
      }
    } catch (error) {
      scope.postMessage({ ...await toFailedReply(error, loaded, request.kind, provider), id });
    }
  }

  scope.onmessage = ({ data }): void => {
    last = last.then(() => handle(data));
  };
  scope.postMessage({ kind: 'ready' });
}
