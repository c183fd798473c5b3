import { sha256 } from '@deblur/core';

/** What is there of a file whose download was cut off, and how the server knows its version. */
export interface PartialFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** A strong ETag or a date of change, for `If-Range`. */
  readonly validator: string;
}

/** Model files kept in the browser. Every method behaves as if nothing were kept when the browser refuses. */
export interface ModelCache {
  /** The file of that URL if its content is what was stored and, where `sha256` is given, that. Others are dropped. */
  find(url: URL, expectedSha256?: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  store(url: URL, bytes: Uint8Array<ArrayBuffer>, contentSha256: string): Promise<void>;
  /** What a cut-off download left; it is taken out. */
  takePartial(url: URL): Promise<PartialFile | undefined>;
  storePartial(url: URL, partial: PartialFile): Promise<void>;
}

const hashHeader = 'X-Deblur-Sha256';
const validatorHeader = 'X-Deblur-Validator';

/** Keeps files in Cache Storage under that name; in memory of nobody where there is none, as in pages not served over https. */
export function createModelCache(name: string): ModelCache {
  async function open(): Promise<Cache | undefined> {
    if (typeof caches === 'undefined') return undefined;
    return caches.open(name).catch(() => undefined);
  }

  async function put(key: string, bytes: Uint8Array<ArrayBuffer>, header: string, value: string): Promise<void> {
    const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': String(bytes.length), [header]: value };
    // Refused when the device is full: the file is downloaded again next time.
    await (await open())?.put(key, new Response(bytes, { headers })).catch(() => undefined);
  }

  return {
    async find(url, expectedSha256): Promise<Uint8Array<ArrayBuffer> | undefined> {
      const cache = await open();
      try {
        const response = await cache?.match(url.href);
        if (!response) return undefined;
        const bytes = new Uint8Array(await response.arrayBuffer());
        const actual = await sha256(bytes);
        if (actual === response.headers.get(hashHeader) && (expectedSha256 === undefined || actual === expectedSha256)) return bytes;
      } catch {
        // Damaged on disk; as if it were not there.
      }
      await cache?.delete(url.href).catch(() => false);
      return undefined;
    },
    store: (url, bytes, contentSha256) => put(url.href, bytes, hashHeader, contentSha256),
    async takePartial(url): Promise<PartialFile | undefined> {
      const cache = await open();
      const key = partialKey(url);
      try {
        const response = await cache?.match(key);
        const validator = response?.headers.get(validatorHeader);
        if (!response || !validator) return undefined;
        return { bytes: new Uint8Array(await response.arrayBuffer()), validator };
      } catch {
        return undefined;
      } finally {
        await cache?.delete(key).catch(() => false);
      }
    },
    storePartial: (url, { bytes, validator }) => put(partialKey(url), bytes, validatorHeader, validator),
  };
}

function partialKey(url: URL): string {
  const key = new URL(url);
  key.searchParams.set('deblur-partial', '');
  return key.href;
}
