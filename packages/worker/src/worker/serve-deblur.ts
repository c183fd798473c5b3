import { DisposedError } from '@deblur/core';
import type { Deblur } from '@deblur/core';
import { listen } from '../endpoint/listen.ts';
import { ownEndpoint } from '../endpoint/own-endpoint.ts';
import type { WorkerEndpoint } from '../endpoint/worker-endpoint.ts';
import type { CallMessage, PageMessage, WorkerMessage } from '../protocol/messages.ts';
import { serialiseError } from '../protocol/serialise-error.ts';
import { operations } from './operations.ts';
import { createPictureCache } from './picture-cache.ts';
import type { Operation } from './operation-context.ts';

/**
 * Makes the worker it is called in do what a page asks of it through `connectDeblur()`. Call it once, in the worker's script. The
 * client is disposed when the page disposes its own.
 *
 * @param endpoint where the page is heard: default the worker itself; a MessagePort to serve several pages or ends
 * @example
 * ```ts
 * serveDeblur(createDeblur({ plugins: [webBackend(), canvasCodec(), builtinModels()] }));
 * ```
 * @throws InvalidArgumentError outside of workers when no endpoint is given
 */
export function serveDeblur(deblur: Deblur, endpoint: WorkerEndpoint = ownEndpoint('serveDeblur')): void {
  const underWay = new Map<number, AbortController>();
  const pictures = createPictureCache(deblur);

  function post(message: WorkerMessage, transfer: readonly Transferable[] = []): void {
    endpoint.postMessage(message, [...transfer] as never[]);
  }

  async function answer({ id, operation, argument, progress }: CallMessage): Promise<void> {
    const controller = new AbortController();
    underWay.set(id, controller);
    try {
      const { value, transfer } = await (operations[operation] as Operation<typeof operation>)(argument as never, {
        deblur, pictures, signal: controller.signal, ...(progress && { onProgress: (event) => post({ kind: 'progress', id, event }) }),
      });
      if (controller.signal.aborted) return;
      post({ kind: 'done', id, value }, transfer);
    } catch (error) {
      post({ kind: 'failed', id, error: serialiseError(error) });
    } finally {
      underWay.delete(id);
    }
  }

  async function dispose(): Promise<void> {
    for (const controller of underWay.values()) controller.abort(new DisposedError('The client was disposed.'));
    await deblur.dispose().catch(() => undefined);
    post({ kind: 'disposed' });
  }

  listen<PageMessage>(endpoint, {
    onMessage(message) {
      if (message.kind === 'call') void answer(message);
      else if (message.kind === 'abort') underWay.get(message.id)?.abort(message.reason);
      else if (message.kind === 'hello') post({ kind: 'ready' });
      else void dispose();
    },
  });
  post({ kind: 'ready' });
}
