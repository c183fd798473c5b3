import { UnsupportedError } from '../errors/unsupported-error.ts';
import { kernelBinary } from './kernel-binary.ts';
import type { KernelExports } from './kernel-exports.ts';

/** An opaque, compiled module. */
type CompiledModule = object;

/** The part of WebAssembly used here; TypeScript declares it only together with a platform. */
interface WebAssemblyApi {
  compile(bytes: Uint8Array): Promise<CompiledModule>;
  instantiate(module: CompiledModule): Promise<{ readonly exports: unknown }>;
}

/** The compiled module is immutable; sharing it keeps the code that the engine has already optimised. */
let compiling: Promise<CompiledModule> | undefined;

/**
 * A new instance of the numeric kernels with a memory of its own, which is freed with it.
 *
 * @throws UnsupportedError where WebAssembly with SIMD is missing or forbidden
 */
export async function instantiateKernels(): Promise<KernelExports> {
  try {
    const api = (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
    if (!api) throw new Error('There is no WebAssembly here.');
    compiling ??= api.compile(Uint8Array.from(atob(kernelBinary), (character) => character.charCodeAt(0)));
    const { exports } = await api.instantiate(await compiling);
    return exports as KernelExports;
  } catch (cause) {
    throw new UnsupportedError(
      'WebAssembly with SIMD cannot run here (too old an engine, or a content security policy without wasm-unsafe-eval). ' +
        "Use implementation: 'typescript' or 'auto'.",
      { cause },
    );
  }
}
