import { joinBytes, latin1, textAt, viewOf } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';

/** One chunk of a RIFF file. */
export interface WebpChunk {
  /** Four letters. */
  readonly type: string;
  readonly data: Bytes;
}

/** The chunks in a run of bytes; undefined if one reaches beyond it. */
export function splitChunks(bytes: Bytes): WebpChunk[] | undefined {
  const view = viewOf(bytes);
  const chunks: WebpChunk[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    if (at + 8 > bytes.byteLength) return undefined;
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > bytes.byteLength) return undefined;
    chunks.push({ type: textAt(bytes, at, 4), data: bytes.subarray(at + 8, at + 8 + length) });
    at += 8 + length + (length & 1);
  }
  return chunks;
}

/** A WebP file of these chunks. */
export function joinWebp(chunks: readonly WebpChunk[]): Bytes {
  const parts = chunks.flatMap(({ type, data }) => [chunkHead(type, data.byteLength), data, new Uint8Array(data.byteLength & 1)]);
  const body = joinBytes([latin1('WEBP'), ...parts]);
  return joinBytes([chunkHead('RIFF', body.byteLength), body]);
}

function chunkHead(type: string, length: number): Bytes {
  const head = new Uint8Array(8);
  head.set(latin1(type));
  viewOf(head).setUint32(4, length, true);
  return head;
}

/** A 24-bit number, least byte first. */
export function uint24(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
}

/** What a VP8X chunk declares (WebP container specification, "Extended file format"). */
export const webpFlags = { animation: 0x02, xmp: 0x04, exif: 0x08, alpha: 0x10, icc: 0x20 } as const;
