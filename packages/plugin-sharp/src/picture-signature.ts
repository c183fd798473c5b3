import { ImageError } from '@deblur/core';
import type { PictureSource } from './picture-source.ts';

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The size a PNG declares, read before any decoder sees the file: absurd ones make libpng fail without a reason. */
export function declaredPngSize(head: Uint8Array): { width: number; height: number } | undefined {
  if (head.byteLength < 24 || pngSignature.some((byte, i) => head[i] !== byte)) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** @throws ImageError for SVG and PDF, which have no pixels of their own */
export function refuseVector({ name, head }: PictureSource): void {
  const text = Buffer.from(head).toString('latin1').trimStart();
  const kind = text.startsWith('%PDF') ? 'PDF' : /^\uFEFF?(?:ï»¿)?<(?:\?xml|!--|!doctype svg|svg)/i.test(text) && /<svg[\s>]/i.test(text) ? 'SVG' : undefined;
  if (!kind) return;
  throw new ImageError(
    `Cannot read ${name}: it is a vector drawing (${kind}), which has no pixels to restore. Rasterise it first, for example to PNG.`,
    { details: { source: name, kind } },
  );
}

/** The first bytes of a file for a message: as text if they are text, else in hexadecimal. */
export function startOf(head: Uint8Array): string {
  const start = Buffer.from(head.subarray(0, 16));
  return start.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09)
    ? JSON.stringify(start.toString('latin1'))
    : start.toString('hex').replace(/(..)(?=.)/g, '$1 ');
}
