import { AbortedError, createMemoryTarget, download, ModelNotFoundError } from '@deblur/core';
import type { ReadOptions, Transport } from '@deblur/core';
import type { FileAccessOptions } from './file-access.ts';
import type { ModelCache } from './model-cache.ts';

const advice = 'See that this machine is online, that a proxy is not in the way, and that the server is up.';

// Compressed bodies have other lengths and ranges than the file.
const transport: Transport = (url, { headers, signal }) => fetch(url, { headers: { ...headers, 'Accept-Encoding': 'identity' }, signal });

/** Makes the function that reads files by `https:` and `http:` through a cache, if there is one. */
export function createRemoteReader(
  cache: ModelCache | undefined, { offline = false, retries, stallMs }: FileAccessOptions,
): (url: URL, options: ReadOptions) => Promise<Uint8Array> {
  return async (url, options) => {
    const { signal, onProgress, expected, mirrors = [] } = options;
    AbortedError.throwIfAborted(signal);
    const kept = expected && await cache?.find(expected);
    AbortedError.throwIfAborted(signal);
    if (kept) {
      onProgress?.({ stage: 'download', done: kept.length, total: kept.length });
      return kept;
    }
    if (offline) throw offlineError(url, cache);
    const common = { signal, onProgress, expected, retries, stallMs, transport, advice };
    try {
      if (cache && expected) return await cache.fill(expected, (target) => download([url, ...mirrors], { ...common, target }), signal);
      const target = createMemoryTarget(expected?.bytes);
      await download([url, ...mirrors], { ...common, target });
      return target.content();
    } catch (error) {
      AbortedError.throwIfAborted(signal);
      throw error;
    }
  };
}

function offlineError(url: URL, cache: ModelCache | undefined): ModelNotFoundError {
  return new ModelNotFoundError(
    `${url.href} is not in the cache${cache ? ` ${cache.folder}` : ', which is off'}, and the network may not be used. Download it once with \`deblur models add\`, or allow the network.`,
    { details: { url: url.href, offline: true, folder: cache?.folder } },
  );
}
