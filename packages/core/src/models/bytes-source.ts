import { ModelError } from '../errors/index.ts';
import type { ModelSource } from './model-package.ts';

/**
 * Files already in memory, by their path in the manifest. The arrays are handed out as they are, not copied.
 * @throws ModelError, when read, for a path that is not among them
 */
export function bytesSource(contents: Readonly<Record<string, Uint8Array>>): ModelSource {
  return {
    location: 'bytes',
    async read(file): Promise<Uint8Array> {
      if (Object.hasOwn(contents, file.path)) return contents[file.path];
      throw new ModelError(`The bytes of ${file.path} were not given; given were ${Object.keys(contents).join(', ') || 'none'}.`);
    },
  };
}
