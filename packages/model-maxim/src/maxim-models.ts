import { maximS2 } from './maxim-s2.ts';
import type { DeblurPlugin } from '@deblur/core';

/**
 * The larger MAXIM model, `maxim-s2` (tier `quality`). Its files are in this package and read through a backend's file
 * access; nothing is downloaded.
 *
 * @example
 * ```ts
 * const deblur = createDeblur({ plugins: [nodeBackend(), sharpCodec(), builtinModels(), maximModels()] });
 * const result = await deblur.run('photo.jpg', { model: 'quality' });
 * ```
 */
export function maximModels(): DeblurPlugin {
  return { specificationVersion: 1, id: 'model-maxim', models: (files) => [maximS2(files)] };
}
