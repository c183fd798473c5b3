export { createGpuRestorer } from './create-gpu-restorer.ts';
export type { GpuRestorer, GpuRestorerOptions } from './create-gpu-restorer.ts';
export type { GpuRestoreOptions, GpuRestoreResult } from './gpu-restore-options.ts';
export type { GpuSource } from './snapshot-source.ts';
export type { WasmPaths } from '../session/resolve-wasm-paths.ts';
