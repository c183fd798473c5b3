import { joinBytes } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';

/** Compressed bytes fed at a time: one step can grow a thousandfold. */
export const pieceBytes: number = 2 ** 14;

/** Unpacks zlib data, given in pieces of at most `pieceBytes`, which are taken only as they are needed. */
export function inflate(pieces: Iterator<Bytes>): ReadableStreamDefaultReader<Uint8Array> {
  const source = new ReadableStream<Bytes>({
    pull(controller): void {
      const { done, value } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  }, { highWaterMark: 0 });
  return source.pipeThrough(new DecompressionStream('deflate')).getReader();
}

/**
 * Unpacks zlib data into memory.
 * @throws TypeError if it is damaged; RangeError if it would be larger than `limit`
 */
export async function inflateAll(bytes: Bytes, limit: number): Promise<Bytes> {
  const pieces = Array.from({ length: Math.ceil(bytes.byteLength / pieceBytes) }, (_, i) => bytes.subarray(i * pieceBytes, (i + 1) * pieceBytes));
  const reader = inflate(pieces.values());
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
