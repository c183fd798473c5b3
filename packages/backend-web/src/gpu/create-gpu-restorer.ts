import {
  AbortedError, checkParameters, chooseWeights, createGate, createOperationRegistry, DisposedError, raceAbort, readVerified, UnsupportedError,
} from '@deblur/core';
import { checkGoldenTile } from './check-golden-tile.ts';
import { hostGpuModel } from './hosted-gpu-model.ts';
import { probeProviders } from '../providers/probe-providers.ts';
import { resolveWasmPaths } from '../session/resolve-wasm-paths.ts';
import { restoreOnGpu } from './restore-on-gpu.ts';
import { startGpuWorker } from '../start-gpu-worker.ts';
import type { GpuRestoreOptions, GpuRestoreResult } from './gpu-restore-options.ts';
import type { GpuSource } from './snapshot-source.ts';
import type { GraphOperation, ModelPackage, Precision, ProgressListener, RunTimings } from '@deblur/core';
import type { WasmPaths } from '../session/resolve-wasm-paths.ts';

/** How a GPU restorer is made. */
export interface GpuRestorerOptions {
  /** The network, e.g. `deblur.models.find('maxim-s1')`. */
  readonly model: ModelPackage;
  /** Weights to prefer. Default: `fp16` where the model has them and the GPU computes in it, else the first of the manifest. */
  readonly precision?: Precision;
  /** Operations of plugins that the model's graphs use; those that are a scale and an offset or reorder channels run here. */
  readonly operations?: readonly GraphOperation[];
  /** Run the model's golden tile, on the GPU, before the first picture. Default true. */
  readonly selfCheck?: boolean;
  /** Where onnxruntime-web's files are, when the bundler does not place them; as for `webBackend()`. */
  readonly wasmPaths?: WasmPaths;
  /** Starts the worker, when the bundler does not: a module worker that runs `@deblur/backend-web/worker/gpu`. */
  readonly createWorker?: () => Worker;
  /** Use WebGPU also where the processor emulates it. Default false. */
  readonly softwareWebGpu?: boolean;
  /** Stops the creation. */
  readonly signal?: AbortSignal;
  /** Told of the model being read. */
  readonly onProgress?: ProgressListener;
}

/** Restores pictures and video frames without their leaving the GPU. Make one for a model and keep it. */
export interface GpuRestorer {
  /** Reading and verifying the weights, loading the model, golden tile. */
  readonly timings: Pick<RunTimings, 'readModelMs' | 'createSessionMs' | 'selfCheckMs'>;
  /**
   * Restores one picture: RGB of 8 bits in sRGB, alpha kept. Calls queue. The source must stay as it is until then.
   * @throws ImageError, LimitError, InvalidArgumentError, UnsupportedError, ModelError, OutOfMemoryError, DeviceLostError (the
   * second time within a call), AbortedError, DisposedError
   */
  restore(source: GpuSource, options?: GpuRestoreOptions): Promise<GpuRestoreResult>;
  /** Ends the worker and frees the GPU's memory; a picture under way is rejected. Safe to call twice. */
  dispose(): Promise<void>;
}

/**
 * Loads a network on the GPU of this device for pictures that come from the GPU and are shown by it: source, tiles, pre graph,
 * network, post graph and blending stay in its memory, in a worker of their own. Nothing is read back but one number for each tile.
 *
 * @example
 * ```ts
 * const restorer = await createGpuRestorer({ model: deblur.models.find('maxim-s1') });
 * await restorer.restore(videoFrame, { canvas });
 * ```
 * @throws UnsupportedError where there is no usable GPU, or the model cannot run there
 * @throws ModelError when the GPU computes the golden tile wrong, and for a bad file
 * @throws IntegrityError, OutOfMemoryError, DeviceLostError, AbortedError
 */
export async function createGpuRestorer(options: GpuRestorerOptions): Promise<GpuRestorer> {
  const { model, selfCheck = true, softwareWebGpu = false, createWorker = startGpuWorker, signal, onProgress } = options;
  const { manifest } = model;
  AbortedError.throwIfAborted(signal);
  await requireGpu(softwareWebGpu);
  const operations = createOperationRegistry(options.operations);
  const startedAt = performance.now();
  const weights = chooseWeights(manifest, options.precision ?? await preferHalf(model));
  const bytes = await readVerified(model.source, weights, { ...(signal && { signal }), ...(onProgress && { onProgress }) });
  const readAt = performance.now();
  const host = hostGpuModel({ manifest, bytes, createWorker, wasmPaths: resolveWasmPaths(options.wasmPaths, 'webgpu') });
  const gate = createGate(1);
  const context = { host, manifest, operations, limit: {}, recent: {} };
  let disposed = false;

  async function open(): Promise<GpuRestorer['timings']> {
    await raceAbort(host.start(), signal);
    const loadedAt = performance.now();
    if (selfCheck) await raceAbort(checkGoldenTile(host, model, operations), signal);
    return { readModelMs: readAt - startedAt, createSessionMs: loadedAt - readAt, selfCheckMs: performance.now() - loadedAt };
  }

  const timings = await open().catch((error: unknown) => {
    host.end();
    throw error;
  });
  return {
    timings,
    async restore(source, restoreOptions = {}): Promise<GpuRestoreResult> {
      const { signal: stop } = restoreOptions;
      checkParameters(manifest, restoreOptions.parameters ?? {});
      const leave = await gate.enter(1, stop);
      if (disposed) {
        leave();
        throw new DisposedError(`The GPU restorer of ${manifest.id} was disposed; create a new one with createGpuRestorer().`);
      }
      return raceAbort(restoreOnGpu(context, source, restoreOptions).finally(leave), stop);
    },
    async dispose(): Promise<void> {
      disposed = true;
      host.end();
    },
  };
}

async function requireGpu(softwareWebGpu: boolean): Promise<void> {
  const status = (await probeProviders({ softwareWebGpu })).find(({ provider }) => provider === 'webgpu');
  if (status?.available) return;
  throw new UnsupportedError(`Pictures cannot be restored on the GPU here: ${status?.reason} Use createDeblur() with webBackend().`);
}

async function preferHalf({ manifest }: ModelPackage): Promise<Precision | undefined> {
  if (!manifest.files.some(({ precision }) => precision === 'fp16')) return undefined;
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter?.features.has('shader-f16')) return 'fp16';
  return manifest.files.find(({ precision }) => precision !== 'fp16')?.precision;
}
