import { createFileAccess } from './files/file-access.ts';
import { createNodeBackend } from './create-node-backend.ts';
import type { DeblurPlugin } from '@deblur/core';
import type { FileAccessOptions } from './files/file-access.ts';
import type { NodeBackendOptions } from './create-node-backend.ts';

/**
 * Plugin that runs networks with onnxruntime-node in worker threads and reads model files by `file:`, `https:` and
 * `http:` URL. Downloads are checked and kept in the user's cache; nothing is fetched before a model is asked for.
 *
 * WebGPU of onnxruntime 1.30 computes 3×3 and larger convolutions wrong where the input channels are a multiple of 3, not
 * of 4 and above 3 (6, 9, 15 …) and the output channels 8 or 32; the golden tile of a model notices. Ending the process
 * waits for the native call under way, at most one tile.
 *
 * @example
 * ```ts
 * const deblur = createDeblur({ plugins: [nodeBackend({ threads: 4 }), sharpCodec()] });
 * ```
 * @throws InvalidArgumentError for an empty list of providers or a number of threads that is not a positive integer
 */
export function nodeBackend(options: NodeBackendOptions & FileAccessOptions = {}): DeblurPlugin {
  return { specificationVersion: 1, id: 'backend-node', backend: createNodeBackend(options), files: createFileAccess(options) };
}
