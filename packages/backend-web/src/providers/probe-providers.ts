import { findThreadLimit } from './thread-limit.ts';
import type { ProviderStatus } from '@deblur/core';

/** What probing depends on. */
export interface ProbeOptions {
  /** Count WebGPU as usable where the processor emulates it. */
  readonly softwareWebGpu: boolean;
}

/** A wasm module with one function that uses a SIMD instruction: () → v128 (i32.const 0; i8x16.splat). */
const simdModule = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11);

/** Looks at what the browser offers, without loading onnxruntime-web. Never throws. */
export async function probeProviders(options: ProbeOptions): Promise<readonly ProviderStatus[]> {
  return [await probeWebGpu(options), probeWasm(), probeWebNn()];
}

async function probeWebGpu({ softwareWebGpu }: ProbeOptions): Promise<ProviderStatus> {
  const refuse = (reason: string): ProviderStatus => ({ provider: 'webgpu', available: false, reason });
  const gpu = typeof navigator === 'undefined' ? undefined : navigator.gpu as GPU | undefined;
  if (!gpu) {
    return refuse(globalThis.isSecureContext === false
      ? 'Browsers offer WebGPU in secure contexts only. Serve the page over https or from localhost.'
      : 'This browser has no WebGPU (navigator.gpu). Use a browser that has it, or the provider wasm.');
  }
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return refuse('The browser has WebGPU but gives no adapter: no GPU is usable, or its driver is on the browser\'s block list (chrome://gpu).');
    const { vendor, architecture, description } = adapter.info;
    const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'GPU';
    const emulated = adapter.info.isFallbackAdapter || architecture === 'swiftshader';
    if (emulated && !softwareWebGpu) {
      return refuse(`WebGPU is emulated by the processor here (${name}), which is slower than the provider wasm. `
        + 'Pass softwareWebGpu: true to webBackend() to use it all the same.');
    }
    return { provider: 'webgpu', available: true, devices: [`${name}${adapter.features.has('shader-f16') ? '' : ' (no shader-f16)'}`] };
  } catch (error) {
    return refuse(`Asking for a WebGPU adapter failed: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function probeWasm(): ProviderStatus {
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(simdModule)) {
    return { provider: 'wasm', available: false, reason: 'This browser has no WebAssembly with SIMD, or the page forbids it. Browsers since 2021 have it (Safari since 16.4).' };
  }
  if (typeof Worker === 'undefined') {
    return { provider: 'wasm', available: false, reason: 'There are no Web Workers here. Create the backend in a page, not on a server.' };
  }
  const { threads, reason } = findThreadLimit();
  return { provider: 'wasm', available: true, devices: [`processor, ${threads} ${threads === 1 ? 'thread' : 'threads'}${reason ? `. ${reason}` : ''}`] };
}

function probeWebNn(): ProviderStatus {
  const offered = typeof navigator !== 'undefined' && 'ml' in navigator;
  const reason = offered
    ? 'This browser has WebNN, but @deblur/backend-web does not use it yet. Use webgpu or wasm.'
    : 'This browser has no WebNN (navigator.ml). Use webgpu or wasm.';
  return { provider: 'webnn', available: false, reason };
}
