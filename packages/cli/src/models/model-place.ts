import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { modelFiles } from '@deblur/core';
import type { FileReference, ModelPackage } from '@deblur/core';
import type { ModelCache } from '@deblur/backend-node';

/** Where a model's files are: in an installed package, in a folder of the user's, in the cache, or not on this machine. */
export type ModelState = 'package' | 'folder' | 'cached' | 'absent';

/** A file of a model and where it is or would be. */
export interface PlacedFile {
  readonly file: FileReference;
  readonly path: string;
  readonly state: ModelState;
}

/** Says for each file of a model where it is. Nothing is read or fetched. */
export function placeFiles({ manifest, source }: ModelPackage, cache: ModelCache): readonly PlacedFile[] {
  return modelFiles(manifest).map((file) => {
    if (source.location.startsWith('@')) {
      return { file, path: createRequire(import.meta.url).resolve(`${source.location}/${file.path}`), state: 'package' };
    }
    if (source.location.startsWith('file:')) {
      const path = fileURLToPath(new URL(file.path.split('/').map(encodeURIComponent).join('/'), source.location));
      return { file, path, state: existsSync(path) ? 'folder' : 'absent' };
    }
    const path = cache.pathOf(file.sha256);
    return { file, path, state: existsSync(path) ? 'cached' : 'absent' };
  });
}

/** Where a model is as a whole: `absent` if any file is. */
export function stateOf(model: ModelPackage, cache: ModelCache): ModelState {
  const states = placeFiles(model, cache).map(({ state }) => state);
  return states.find((state) => state === 'absent') ?? states[0] ?? 'absent';
}
