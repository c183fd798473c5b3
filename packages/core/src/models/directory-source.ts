import type { FileAccess, ModelSource } from './model-package.ts';

/**
 * Files in a directory, local or remote: each path of the manifest is resolved against its URL. Remote files are also
 * looked for at the addresses that the manifest gives.
 * @param directory URL of the directory; a missing slash at its end is added
 */
export function directorySource(directory: URL, files: FileAccess): ModelSource {
  const base = directory.pathname.endsWith('/') ? directory : new URL(`${directory.pathname}/`, directory);
  return {
    location: base.href,
    async read(file, options): Promise<Uint8Array> {
      const path = file.path.split('/').map(encodeURIComponent).join('/');
      const mirrors = base.protocol === 'file:' ? undefined : file.urls?.map((url) => new URL(url));
      return files.read(new URL(path, base), mirrors ? { ...options, mirrors } : options);
    },
  };
}
