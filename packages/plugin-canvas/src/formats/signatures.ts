import { textAt, viewOf } from '../bytes.ts';

const pngSignature: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const heifBrands = /avif|avis|heic|heix|mif1|msf1/;

/** True for a PNG. */
export function isPng(bytes: Uint8Array): boolean {
  return pngSignature.every((byte, i) => bytes[i] === byte);
}

/** True for a JPEG. */
export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

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
