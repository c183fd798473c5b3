import type { FileReference, ModelManifest } from './manifest.ts';

/** Every file a manifest names: weights of each precision, then the golden tile. */
export function modelFiles({ files, golden }: ModelManifest): readonly FileReference[] {
  return golden ? [...files, golden.input, golden.output] : files;
}
