import { DeviceLostError, DisposedError } from '@deblur/core';
import { connectDeblur } from '@deblur/worker';
import type { RemoteDeblur } from '@deblur/worker';

/** The SDK in its worker. */
export interface Client {
  /** Does something with it; starts a fresh worker next time if this one was lost. */
  use<Result>(work: (deblur: RemoteDeblur) => Promise<Result>): Promise<Result>;
}

/** Starts the worker when it is first needed. */
export function createClient(): Client {
  let deblur: RemoteDeblur | undefined;
  return {
    async use(work) {
      const current = deblur ??= connectDeblur(new Worker(new URL('./deblur-worker.ts', import.meta.url), { type: 'module', name: 'deblur' }));
      try {
        return await work(current);
      } catch (error) {
        if (DeviceLostError.isInstance(error) || DisposedError.isInstance(error)) {
          void current.dispose();
          if (deblur === current) deblur = undefined;
        }
        throw error;
      }
    },
  };
}
