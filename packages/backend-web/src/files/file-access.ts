import { AbortedError, createMemoryTarget, download, InvalidArgumentError, ModelError } from '@deblur/core';
import { createModelCache } from './model-cache.ts';
import { readDataUrl } from './data-url.ts';
import type { FileAccess, ReadOptions, Transport } from '@deblur/core';
import type { ModelCache } from './model-cache.ts';

/** How model files are fetched and kept. */
export interface FileAccessOptions {
  /** Name of the Cache Storage that keeps model files, or false to keep none. Default `deblur-models`. */
  readonly cache?: string | false;
  /** Attempts in a row that make no progress, after the first, before a download is given up. Default 3. */
  readonly retries?: number;
}

const advice = 'See that the device is online, that the server is, and that it allows this page\'s origin (CORS).';

const transport: Transport = (url, { headers, signal, fresh }) => fetch(url, { headers, signal, cache: fresh ? 'reload' : 'default' });

/**
 * Reads `https:`, `http:`, `blob:` and `data:` URLs. Downloads go on where they stopped, after a failure by themselves and
 * after an abort when the file is asked for again, if the server allows ranges. Files whose sha256 is known are kept and
 * not asked of the network again; a kept file that is damaged or outdated is dropped and fetched anew, and a download with
 * another content is refused. Files without one (manifests) are fetched, and taken from what is kept when the network fails.
 *
 * @throws ModelNotFoundError when there is no such file
 * @throws IntegrityError when no server sends the expected content
 * @throws ModelError when it cannot be fetched
 * @throws InvalidArgumentError for other URLs
 * @throws AbortedError
 */
export function createFileAccess({ cache: name = 'deblur-models', retries = 3 }: FileAccessOptions = {}): FileAccess {
  const cache = name === false ? undefined : createModelCache(name);
  const saving = new Map<string, Promise<void>>();

  async function fetchFile(url: URL, options: ReadOptions, store: ModelCache | undefined): Promise<Uint8Array> {
    await saving.get(url.href);
    const { expected, mirrors = [] } = options;
    const target = createMemoryTarget(expected?.bytes);
    const partial = await store?.takePartial(url);
    if (partial) {
      target.append(partial.bytes);
      target.validator = partial.validator;
    }
    try {
      await download([url, ...mirrors], { ...options, target, retries, transport, advice, cachedAnswers: true });
    } catch (error) {
      if (store && target.length > 0 && target.validator !== undefined) {
        const saved = store.storePartial(url, { bytes: target.content(), validator: target.validator }).finally(() => saving.delete(url.href));
        saving.set(url.href, saved);
      }
      throw error;
    }
    const bytes = target.content();
    await store?.store(url, bytes, expected?.sha256 ?? await target.sha256());
    return bytes;
  }

  async function fetchWithCache(url: URL, options: ReadOptions): Promise<Uint8Array> {
    const store = url.protocol === 'blob:' || typeof caches === 'undefined' ? undefined : cache;
    const { expected, onProgress } = options;
    const kept = expected && await store?.find(url, expected.sha256);
    if (kept) {
      onProgress?.({ stage: 'download', done: kept.length, total: kept.length });
      return kept;
    }
    try {
      return await fetchFile(url, options, store);
    } catch (error) {
      if (expected || !ModelError.isInstance(error)) throw error;
      const older = await store?.find(url);
      if (older) return older;
      throw error;
    }
  }

  return {
    protocols: ['https:', 'http:', 'blob:', 'data:'],
    async read(url, options = {}): Promise<Uint8Array> {
      AbortedError.throwIfAborted(options.signal);
      if (url.protocol === 'data:') return readDataUrl(url);
      if (!['https:', 'http:', 'blob:'].includes(url.protocol)) {
        throw new InvalidArgumentError(`Only https:, http:, blob: and data: URLs can be read here, not ${url.href}.`);
      }
      const bytes = await fetchWithCache(url, options);
      AbortedError.throwIfAborted(options.signal);
      return bytes;
    },
  };
}
