import { validateManifest } from './validate-manifest.ts';
import type { ModelPackage, ModelSource } from './model-package.ts';
import type { ValidateManifestOptions } from './validate-manifest.ts';

/**
 * Makes a model to register or to pass as `model` from a manifest and a source for its files.
 * @param manifest parsed JSON
 * @throws ManifestError
 */
export function modelFromManifest(manifest: unknown, source: ModelSource, options?: ValidateManifestOptions): ModelPackage {
  return { manifest: validateManifest(manifest, options), source };
}
