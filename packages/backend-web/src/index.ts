export { createFileAccess } from './files/file-access.ts';
export type { FileAccessOptions } from './files/file-access.ts';
export { createWebBackend } from './create-web-backend.ts';
export type { WebBackend, WebBackendOptions } from './create-web-backend.ts';
export type { RuntimeBuild } from './providers/known-providers.ts';
export type { RuntimeFiles } from './worker/messages.ts';
export type { WasmPaths } from './session/resolve-wasm-paths.ts';
export { webBackend } from './web-backend.ts';
