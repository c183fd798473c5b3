import type { ExecutionProvider } from '@deblur/core';

/** A build of onnxruntime-web, named after the provider it is loaded for. */
export type RuntimeBuild = 'wasm' | 'webgpu';

/** Execution providers this backend knows. */
export const knownProviders: readonly ExecutionProvider[] = ['webgpu', 'wasm', 'webnn'];

/** Providers tried when the caller names none: WebGPU where the browser has it, then wasm. */
export function chooseDefaultProviders(): readonly ExecutionProvider[] {
  return typeof navigator !== 'undefined' && 'gpu' in navigator ? ['webgpu', 'wasm'] : ['wasm'];
}
