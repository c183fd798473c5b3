import { createLoadedRuntime } from '../loaded-runtime.ts';
import { createPictureRestorer } from './picture-restorer.ts';
import { toFailedReply } from '../to-failed-reply.ts';
import type * as Runtime from 'onnxruntime-web';
import type { GpuMessage, GpuRequest, RestoreRequest } from './messages.ts';
import type { PictureRestorer } from './picture-restorer.ts';

interface WorkerScope {
  onmessage: ((event: MessageEvent<GpuRequest>) => void) | null;
  postMessage(message: GpuMessage, transfer?: readonly Transferable[]): void;
}

/** Makes the worker it is called in restore pictures on the GPU: one onnxruntime session, asked by messages. */
export function serveGpu(runtime: typeof Runtime): void {
  const scope = globalThis as unknown as WorkerScope;
  const loaded = createLoadedRuntime(runtime, 'webgpu', (message) => scope.postMessage({ kind: 'lost', message }));
  const stopped = new Set<number>();
  let restorer: PictureRestorer | undefined;
  let last: Promise<void> = Promise.resolve();

  async function restore(request: RestoreRequest, id: number): Promise<void> {
    const { task, picture } = request;
    try {
      loaded.clearErrors();
      restorer ??= createPictureRestorer({ runtime, session: loaded.session, device: loaded.device! });
      const reply = await restorer.restore(request, {
        isStopped: () => stopped.has(task),
        onTiles: (done) => scope.postMessage({ kind: 'tiles', task, done }),
        onShow: (bitmap) => scope.postMessage({ kind: 'show', task, bitmap }, [bitmap]),
      });
      if (loaded.deviceErrors.length > 0) throw new Error('The GPU reported errors.');
      const { bitmap, samples } = reply.kind === 'restored' ? reply : {};
      scope.postMessage({ ...reply, id }, [...(bitmap ? [bitmap] : []), ...(samples ? [samples.buffer] : [])]);
    } finally {
      picture.close();
      stopped.delete(task);
    }
  }

  async function handle({ id, ...request }: Exclude<GpuRequest, { readonly kind: 'stop' }>): Promise<void> {
    try {
      if (request.kind === 'load') scope.postMessage({ ...await loaded.load(request), id });
      else await restore(request, id);
    } catch (error) {
      scope.postMessage({ ...await toFailedReply(error, loaded, request.kind === 'load' ? 'load' : 'run', 'webgpu'), id });
    }
  }

  scope.onmessage = ({ data }): void => {
    if (data.kind === 'stop') stopped.add(data.task);
    else last = last.then(() => handle(data));
  };
  scope.postMessage({ kind: 'ready' });
}
