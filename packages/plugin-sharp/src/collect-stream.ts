import { AbortedError, ImageError, LimitError, raceAbort } from '@deblur/core';

/** A Node `Readable` or a web `ReadableStream` of bytes. */
export type ReadableSource = AsyncIterable<unknown>;

/** True for a Node `Readable` (not for plain async iterables) and a web `ReadableStream`. */
export function isReadableStream(value: unknown): value is ReadableSource {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && ('getReader' in value || 'pipe' in value);
}

/** Reads each stream once, so that a picture that was probed can be opened after. Holds the bytes as long as the stream lives. */
export class StreamCollector {
  readonly #collected = new WeakMap<ReadableSource, Promise<Uint8Array>>();

  /** All bytes of a stream; arguments and errors as of `collectStream`. */
  collect(stream: ReadableSource, maximum: number, signal?: AbortSignal): Promise<Uint8Array> {
    const known = this.#collected.get(stream);
    if (known) return raceAbort(known, signal);
    const bytes = collectStream(stream, maximum, signal);
    this.#collected.set(stream, bytes);
    return bytes;
  }
}

/**
 * Reads a stream to its end.
 * @param maximum most bytes; the stream is given up as soon as it exceeds them
 * @throws ImageError if the stream fails or gives something other than bytes; LimitError; AbortedError
 */
async function collectStream(stream: ReadableSource, maximum: number, signal?: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const iterator = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await raceAbort(iterator.next(), signal);
      if (done) break;
      if (!(value instanceof Uint8Array)) {
        throw new ImageError(`Cannot read the stream: it gave a ${typeof value} instead of bytes. Do not set an encoding on it.`);
      }
      length += value.byteLength;
      if (length > maximum) {
        throw new LimitError(
          `Stopped reading the stream: it has more than the ${maximum} bytes allowed. If you trust it, raise limits.bytes.`,
          { details: { limit: maximum } },
        );
      }
      chunks.push(value);
    }
  } catch (error) {
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
    if (AbortedError.isInstance(error) || error instanceof ImageError || error instanceof LimitError) throw error;
    throw new ImageError(`Cannot read the stream: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
  return Buffer.concat(chunks, length);
}
