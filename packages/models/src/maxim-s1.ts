import manifest from '../manifests/maxim-s1.json' with { type: 'json' };
import type { FileAccess, ModelManifest, ModelPackage } from '@deblur/core';

/** Manifest of `maxim-s1`: stage 1 of MAXIM, removes motion blur from photographs. The default model. */
export const maximS1Manifest: ModelManifest = manifest as ModelManifest;

/** `maxim-s1` with its files in this package. */
export function maximS1(files: FileAccess): ModelPackage {
  const urls: Readonly<Record<string, URL>> = {
    'files/maxim-s1.onnx': new URL('../files/maxim-s1.onnx', import.meta.url),
    'files/maxim-s1.golden-input.u8': new URL('../files/maxim-s1.golden-input.u8', import.meta.url),
    'files/maxim-s1.golden-output.f32': new URL('../files/maxim-s1.golden-output.f32', import.meta.url),
  };
  return { manifest: maximS1Manifest, source: { location: '@deblur/models', read: (file, options) => files.read(urls[file.path], options) } };
}
