import { InvalidArgumentError } from '@deblur/core';
import { createModelCache } from './model-cache.ts';
import { createRemoteReader } from './remote-reader.ts';
import { readFileUrl } from './read-file-url.ts';
import type { FileAccess } from '@deblur/core';

/** How model files are read, fetched and kept. */
export interface FileAccessOptions {
  /**
   * Folder that keeps downloaded model files, or false to keep none. Default: `DEBLUR_CACHE`, else the platform's
   * (`$XDG_CACHE_HOME/deblur` or `~/.cache/deblur`, `~/Library/Caches/deblur`, `%LOCALAPPDATA%\deblur\Cache`).
   */
  readonly cache?: string | false;
  /** Bytes the cache may take; the files that were not used for longest go first. Default 8 GB. */
  readonly cacheLimit?: number;
  /** Never use the network; what is not in the cache is an error. Default false. */
  readonly offline?: boolean;
  /** Attempts in a row that bring nothing new, after the first, before a download is given up. Default 3. */
  readonly retries?: number;
  /** Milliseconds without a byte after which an attempt counts as failed. Default 30 000. */
  readonly stallMs?: number;
}

/**
 * Reads `file:` URLs from disk, and `https:` and `http:` URLs by download. A download goes on where an earlier one stopped, here
 * or in another process; files whose sha256 is known are checked, kept in the cache, and checked again at each reading.
 * Processes that want the same file wait for the one that downloads it.
 *
 * @throws ModelNotFoundError when there is no such file, or offline it is not in the cache
 * @throws IntegrityError when no server sends the expected content
 * @throws ModelError when it cannot be read or fetched
 * @throws OutputError when the cache cannot be written
 * @throws InvalidArgumentError for other URLs
 * @throws AbortedError
 */
export function createFileAccess(options: FileAccessOptions = {}): FileAccess {
  const { cache: folder, cacheLimit } = options;
  const cache = folder === false ? undefined : createModelCache({ folder, limit: cacheLimit });
  const readRemote = createRemoteReader(cache, options);
  return {
    protocols: ['file:', 'https:', 'http:'],
    async read(url, readOptions = {}): Promise<Uint8Array> {
      if (url.protocol === 'file:') return readFileUrl(url, readOptions);
      if (url.protocol === 'https:' || url.protocol === 'http:') return readRemote(url, readOptions);
      throw new InvalidArgumentError(`Only file:, https: and http: URLs can be read here, not ${url.href}.`);
    },
  };
}
