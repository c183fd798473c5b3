import { ModelError } from '../errors/index.ts';
import type { FileAccess, ModelSource } from './model-package.ts';

/**
 * Files at the addresses that the manifest gives for each (`urls`), asked in order. Whether they are kept, and where, is up to
 * the file access: those of the backends keep them in a cache.
 *
 * @throws ModelError, when read, for a file without an address
 */
export function urlSource(files: FileAccess): ModelSource {
  return {
    location: 'network',
    async read(file, options): Promise<Uint8Array> {
      const [first, ...mirrors] = (file.urls ?? []).map((url) => new URL(url));
      if (first) return files.read(first, { ...options, mirrors });
      throw new ModelError(`The manifest gives no address for ${file.path}. Add \`urls\` to it, or read it from a folder.`);
    },
  };
}
