import { ffdnetColor } from './ffdnet-color.ts';
import { maximS1 } from './maxim-s1.ts';
import type { DeblurPlugin } from '@deblur/core';

/**
 * The models that come with the SDK: `maxim-s1` (deblurring, the default) and `ffdnet-color` (denoising). Their files are
 * in this package and read through a backend's file access; nothing is downloaded.
 *
 * @example
 * ```ts
 * const deblur = createDeblur({ plugins: [nodeBackend(), sharpCodec(), builtinModels()] });
 * ```
 */
export function builtinModels(): DeblurPlugin {
  return { specificationVersion: 1, id: 'models', models: (files) => [maximS1(files), ffdnetColor(files)] };
}
