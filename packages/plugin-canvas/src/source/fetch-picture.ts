import { AbortedError, ImageError } from '@deblur/core';
import { checkBytes, collectStream } from './read-source.ts';
import type { EncodedSource } from './read-source.ts';

const longestName = 120;

/**
 * Loads a picture by `http(s):`, `blob:` or `data:` URL.
 * @throws ImageError if it cannot be loaded; LimitError if it is larger than `maximum` bytes
 */
export async function fetchPicture(url: string, maximum: number, signal?: AbortSignal): Promise<EncodedSource> {
  const name = url.length > longestName ? `${url.slice(0, longestName)}…` : url;
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (cause) {
    AbortedError.throwIfAborted(signal);
    throw new ImageError(
      `Cannot load ${name}: ${cause instanceof Error ? cause.message : String(cause)}. Check the address; a picture of another site must be ` +
        'served with CORS headers (Access-Control-Allow-Origin).',
      { cause, details: { url } },
    );
  }
  if (!response.ok) {
    throw new ImageError(`Cannot load ${name}: the server answered ${response.status} ${response.statusText}. Check the address.`, {
      details: { url, status: response.status },
    });
  }
  const declared = Number(response.headers.get('content-length') ?? 0);
  checkBytes(declared, maximum, name);
  try {
    return { name, bytes: response.body ? await collectStream(response.body, maximum, name) : new Uint8Array(0) };
  } catch (cause) {
    AbortedError.throwIfAborted(signal);
    if (cause instanceof Error && 'code' in cause && cause.code === 'limit-exceeded') throw cause;
    throw new ImageError(`Cannot load ${name}: the connection broke. Try again.`, { cause, details: { url } });
  }
}
