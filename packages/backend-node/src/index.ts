export { createFileAccess } from './files/file-access.ts';
export { createNodeBackend } from './create-node-backend.ts';
export type { NodeBackend, NodeBackendOptions } from './create-node-backend.ts';
export { nodeBackend } from './node-backend.ts';
