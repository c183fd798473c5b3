import manifest from '../manifests/maxim-s2.json' with { type: 'json' };
import type { FileAccess, ModelManifest, ModelPackage } from '@deblur/core';

/** Manifest of `maxim-s2`: stages 1 and 2 of MAXIM, removes motion blur from photographs better and slower than `maxim-s1`. */
export const maximS2Manifest: ModelManifest = manifest as ModelManifest;

/** `maxim-s2` with its files in this package. */
export function maximS2(files: FileAccess): ModelPackage {
  const urls: Readonly<Record<string, URL>> = {
    'files/maxim-s2.onnx': new URL('../files/maxim-s2.onnx', import.meta.url),
    'files/maxim-s2.golden-input.u8': new URL('../files/maxim-s2.golden-input.u8', import.meta.url),
    'files/maxim-s2.golden-output.f32': new URL('../files/maxim-s2.golden-output.f32', import.meta.url),
  };
  return { manifest: maximS2Manifest, source: { location: '@deblur/model-maxim', read: (file, options) => files.read(urls[file.path], options) } };
}
