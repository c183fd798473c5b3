/** Starts the worker that keeps pictures on the GPU from this package's own script, where a bundler finds it. */
export function startGpuWorker(): Worker {
  // Bundlers look for exactly this expression.
  return new Worker(new URL('./worker/gpu.ts', import.meta.url), { type: 'module', name: 'deblur-gpu' });
}
