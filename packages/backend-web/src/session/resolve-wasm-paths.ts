import type { RuntimeBuild } from '../providers/known-providers.ts';
import type { RuntimeFiles } from '../worker/messages.ts';

/** Where onnxruntime-web's files are: one folder for all builds, or the files of each build. */
export type WasmPaths = string | Partial<Readonly<Record<RuntimeBuild, RuntimeFiles>>>;

/** Makes the URLs for one build absolute; a worker would resolve them against its own script. */
export function resolveWasmPaths(paths: WasmPaths | undefined, build: RuntimeBuild): string | RuntimeFiles | undefined {
  if (typeof paths === 'string') return absolute(paths);
  const files = paths?.[build];
  return files && { mjs: absolute(files.mjs), wasm: absolute(files.wasm) };
}

function absolute(url: string | URL): string;
function absolute(url: string | URL | undefined): string | undefined;
function absolute(url: string | URL | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url, globalThis.location?.href).href;
}
