import { joinBytes } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';

/** Compressed bytes fed at a time: one step can grow a thousandfold. */
const pieceBytes = 2 ** 14;

/** Unpacks zlib data; pieces are taken from `parts` only as they are needed. */
export function inflate(parts: Iterator<Bytes>): ReadableStreamDefaultReader<Uint8Array> {
  let part: Bytes | undefined;
  let offset = 0;
  const source = new ReadableStream<Bytes>({
    pull(controller): void {
      while (!part || offset >= part.byteLength) {
        const next = parts.next();
        if (next.done) {
          controller.close();
          return;
        }
        part = next.value;
        offset = 0;
      }
      controller.enqueue(part.subarray(offset, offset + pieceBytes));
      offset += pieceBytes;
    },
  }, { highWaterMark: 0 });
  return source.pipeThrough(new DecompressionStream('deflate')).getReader();
}

/**
 * Unpacks zlib data into memory.
 * @throws TypeError if it is damaged; RangeError if it would be larger than `limit`
 */
export async function inflateAll(bytes: Bytes, limit: number): Promise<Bytes> {
  const reader = inflate([bytes].values());
  const parts: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joinBytes(parts);
    total += value.byteLength;
    if (total > limit) {
      await reader.cancel();
      throw new RangeError(`More than ${limit} bytes.`);
    }
    parts.push(value);
  }
}

/** Packs bytes as zlib data. */
export async function deflateAll(bytes: Bytes): Promise<Bytes> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
