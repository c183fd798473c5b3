import { ModelError } from '../errors/index.ts';
import type { FileAccess, ModelSource } from './model-package.ts';

/**
 * Files that ship inside an installed package, by path. Write each URL as `new URL('../files/x.onnx', import.meta.url)`
 * so that bundlers see the file and carry it along.
 *
 * @param urls URL of each file, by its path in the manifest
 * @throws ModelError, when read, for a path that is not among them
 */
export function packageSource(urls: Readonly<Record<string, URL>>, files: FileAccess): ModelSource {
  const [first] = Object.values(urls);
  return {
    location: first && URL.canParse('.', first.href) ? new URL('.', first).href : 'package',
    async read(file, options): Promise<Uint8Array> {
      if (!Object.hasOwn(urls, file.path)) {
        throw new ModelError(`The model package has no file ${file.path}; it has ${Object.keys(urls).join(', ') || 'none'}. Add its URL to packageSource().`);
      }
      return files.read(urls[file.path], options);
    },
  };
}
