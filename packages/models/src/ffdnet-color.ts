import manifest from '../manifests/ffdnet-color.json' with { type: 'json' };
import type { FileAccess, ModelManifest, ModelPackage } from '@deblur/core';

/** Manifest of `ffdnet-color`: removes Gaussian noise of a given level from colour pictures of any size. */
export const ffdnetColorManifest: ModelManifest = manifest as ModelManifest;

/** `ffdnet-color` with its files in this package. */
export function ffdnetColor(files: FileAccess): ModelPackage {
  const urls: Readonly<Record<string, URL>> = {
    'files/ffdnet-color.onnx': new URL('../files/ffdnet-color.onnx', import.meta.url),
    'files/ffdnet-color.golden-input.u8': new URL('../files/ffdnet-color.golden-input.u8', import.meta.url),
    'files/ffdnet-color.golden-output.f32': new URL('../files/ffdnet-color.golden-output.f32', import.meta.url),
  };
  return { manifest: ffdnetColorManifest, source: { location: '@deblur/models', read: (file, options) => files.read(urls[file.path], options) } };
}
