import type { RuntimeBuild } from '../providers/known-providers.ts';

/** Starts a worker that can be sabotaged. */
export function startTestWorker(build: RuntimeBuild): Worker {
  if (build === 'webgpu') return new Worker(new URL('./webgpu-worker.ts', import.meta.url), { type: 'module' });
  return new Worker(new URL('./wasm-worker.ts', import.meta.url), { type: 'module' });
}
