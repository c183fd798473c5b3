import { createDeconvolutionRestorer } from '@deblur/core';
import type { TileProgram } from '@deblur/core';
import { listen } from '../endpoint/listen.ts';
import { ownEndpoint } from '../endpoint/own-endpoint.ts';
import type { WorkerEndpoint } from '../endpoint/worker-endpoint.ts';
import { serialiseError } from '../protocol/serialise-error.ts';
import type { TileOwnerMessage, TileWorkerMessage } from './tile-messages.ts';

/**
 * Makes the worker it is called in compute tiles for `deconvolutionWorkers()`. Call it once; it is all that the worker's script needs.
 *
 * @param endpoint where tiles come from: default the worker itself, or a MessagePort
 * @throws InvalidArgumentError outside of workers when no endpoint is given
 */
export function serveDeconvolution(endpoint: WorkerEndpoint = ownEndpoint('serveDeconvolution')): void {
  const programs = new Map<number, TileProgram>();
  const underWay = new Map<number, AbortController>();

  function post(message: TileWorkerMessage, transfer: readonly ArrayBuffer[] = []): void {
    endpoint.postMessage(message, [...transfer] as never[]);
  }

  async function solve({ job, id, data }: TileOwnerMessage & { readonly kind: 'solve' }): Promise<void> {
    const controller = new AbortController();
    underWay.set(id, controller);
    try {
      const [result] = await programs.get(job)!.run([data], controller.signal);
      post({ kind: 'done', id, data: result! }, [result!.buffer as ArrayBuffer]);
    } catch (error) {
      post({ kind: 'failed', id, error: serialiseError(error) });
    } finally {
      underWay.delete(id);
    }
  }

  listen<TileOwnerMessage>(endpoint, {
    onMessage(message) {
      switch (message.kind) {
        case 'hello':
          return post({ kind: 'ready' });
        case 'open': {
          const { psf, options, format, tile } = message.description;
          return void programs.set(message.job, createDeconvolutionRestorer(psf, options).prepare(format, tile));
        }
        case 'close':
          return void programs.delete(message.job);
        case 'solve':
          return void solve(message);
        case 'abort':
          return underWay.get(message.id)?.abort();
      }
    },
  });
  post({ kind: 'ready' });
}
