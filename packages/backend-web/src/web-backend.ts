import { createFileAccess } from './files/file-access.ts';
import { createWebBackend } from './create-web-backend.ts';
import type { DeblurPlugin } from '@deblur/core';
import type { FileAccessOptions } from './files/file-access.ts';
import type { WebBackendOptions } from './create-web-backend.ts';

/**
 * Plugin that runs networks with onnxruntime-web in Web Workers and reads model files by URL, keeping them in the browser.
 *
 * WebGPU of onnxruntime 1.30 computes 3×3 and larger convolutions wrong where the input channels are a multiple of 3, not
 * of 4 and above 3 (6, 9, 15 …) and the output channels 8 or 32; the golden tile of a model notices.
 *
 * @example
 * ```ts
 * const deblur = createDeblur({ plugins: [webBackend(), canvasCodec(), builtinModels()] });
 * ```
 * @throws InvalidArgumentError for options that are not usable
 */
export function webBackend(options: WebBackendOptions & FileAccessOptions = {}): DeblurPlugin {
  return { specificationVersion: 1, id: 'backend-web', backend: createWebBackend(options), files: createFileAccess(options) };
}
