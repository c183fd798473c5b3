import { InvalidArgumentError } from '@deblur/core';

/**
 * Content of a `data:` URL, without asking the network, which a Content-Security-Policy may forbid for them.
 * @throws InvalidArgumentError for a URL that cannot be decoded
 */
export function readDataUrl(url: URL): Uint8Array<ArrayBuffer> {
  const comma = url.href.indexOf(',');
  try {
    if (comma < 0) throw new Error('it has no comma');
    const text = decodeURIComponent(url.href.slice(comma + 1).replace(/[?#].*$/s, ''));
    if (!/;base64$/i.test(url.href.slice(0, comma))) return new TextEncoder().encode(text);
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch (error) {
    throw new InvalidArgumentError(`The data: URL ${url.href.slice(0, 60)}… cannot be decoded: ${(error as Error).message}.`, { cause: error });
  }
}
