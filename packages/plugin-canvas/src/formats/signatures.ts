import { textAt, viewOf } from '../bytes.ts';

const heifBrands = /avif|avis|heic|heix|mif1|msf1/;

/** True for a WebP. */
export function isWebp(bytes: Uint8Array): boolean {
  return textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP';
}

/** True for a GIF. */
export function isGif(bytes: Uint8Array): boolean {
  return /^GIF8[79]a$/.test(textAt(bytes, 0, 6));
}

/** True for AVIF and HEIC. */
export function isHeif(bytes: Uint8Array): boolean {
  return textAt(bytes, 4, 4) === 'ftyp' && heifBrands.test(textAt(bytes, 8, Math.min(56, viewOf(bytes).getUint32(0) - 8)));
}
