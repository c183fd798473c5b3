import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ExecutionProvider } from '@deblur/core';

/** Execution providers this backend knows. */
export const knownProviders: readonly ExecutionProvider[] = ['cpu', 'cuda', 'tensorrt', 'webgpu', 'coreml', 'dml'];

/**
 * Why a provider cannot exist on this kind of machine, from what onnxruntime-node 1.30 is built with; undefined when it can.
 */
export function platformReason(provider: ExecutionProvider, platform: string = process.platform, arch: string = process.arch): string | undefined {
  const here = `this is ${platform}-${arch}`;
  if ((provider === 'cuda' || provider === 'tensorrt') && !(platform === 'linux' && arch === 'x64')) {
    return `onnxruntime-node has ${provider} for linux-x64 only; ${here}.`;
  }
  if (provider === 'coreml' && platform !== 'darwin') return `CoreML exists on macOS only; ${here}.`;
  if (provider === 'dml' && platform !== 'win32') return `DirectML exists on Windows only; ${here}.`;
  if (provider === 'webgpu' && platform === 'linux' && arch !== 'x64') return `onnxruntime-node has webgpu on linux for x64 only; ${here}.`;
  return undefined;
}

/** Folder of onnxruntime-node's native binding for this machine; undefined when the package is not installed. */
export function bindingFolder(): string | undefined {
  try {
    const main = createRequire(import.meta.url).resolve('onnxruntime-node');
    return join(dirname(main), '..', 'bin', 'napi-v6', process.platform, process.arch);
  } catch {
    return undefined;
  }
}

/** The library of a provider that onnxruntime-node does not bundle, where it would be; undefined for bundled ones. */
export function providerLibrary(provider: ExecutionProvider, folder: string): string | undefined {
  return provider === 'cuda' || provider === 'tensorrt' ? join(folder, `libonnxruntime_providers_${provider}.so`) : undefined;
}

/**
 * Providers tried when the caller names none: CUDA where its library was installed beside the binding, then the processor.
 * WebGPU, CoreML and DirectML are used when asked for.
 */
export function chooseDefaultProviders(): readonly ExecutionProvider[] {
  const folder = platformReason('cuda') === undefined ? bindingFolder() : undefined;
  const library = folder && providerLibrary('cuda', folder);
  return library && existsSync(library) ? ['cuda', 'cpu'] : ['cpu'];
}
