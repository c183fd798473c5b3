/** Collects chunks into one array. */
export interface ByteSink {
  readonly length: number;
  append(chunk: Uint8Array): void;
  /** Forgets everything. */
  clear(): void;
  /** What has been collected, in a buffer that may be larger. */
  content(): Uint8Array<ArrayBuffer>;
}

/** @param expected number of bytes to make room for at once; more are taken as well */
export function createByteSink(expected = 0): ByteSink {
  let buffer = new Uint8Array(expected);
  let length = 0;
  return {
    get length(): number {
      return length;
    },
    append(chunk): void {
      if (length + chunk.length > buffer.length) {
        const larger = new Uint8Array(Math.max(length + chunk.length, buffer.length * 2, 1 << 16));
        larger.set(buffer.subarray(0, length));
        buffer = larger;
      }
      buffer.set(chunk, length);
      length += chunk.length;
    },
    clear(): void {
      length = 0;
    },
    content: () => buffer.subarray(0, length),
  };
}
