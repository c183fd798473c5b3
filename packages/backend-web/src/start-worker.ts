import type { RuntimeBuild } from './providers/known-providers.ts';

/** Starts the worker of a build of onnxruntime-web from this package's own script, where a bundler finds it. */
export function startWorker(build: RuntimeBuild): Worker {
  // Bundlers look for exactly this expression, once for each file.
  if (build === 'webgpu') return new Worker(new URL('./worker/webgpu.ts', import.meta.url), { type: 'module', name: 'deblur-webgpu' });
  return new Worker(new URL('./worker/wasm.ts', import.meta.url), { type: 'module', name: 'deblur-wasm' });
}
