import { UnsupportedError } from '../errors/index.ts';

/**
 * SHA-256 of bytes as 64 lower-case hex digits.
 * @throws UnsupportedError where Web Crypto is missing, as in pages not served over https
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const subtle = typeof crypto === 'undefined' ? undefined : crypto.subtle;
  if (!subtle) {
    throw new UnsupportedError(
      'Files cannot be verified because crypto.subtle is missing. Browsers offer it in secure contexts only: serve the page over https or from localhost.',
    );
  }
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
