import { sha256 } from '../models/sha256.ts';

/** Where the bytes of a download go: memory or a file. What it holds at the start is gone on with. */
export interface DownloadTarget {
  /** Bytes it holds. */
  readonly length: number;
  /** How the server names the version of what it holds: a strong ETag or a date, for `If-Range`. Kept by `download`. */
  validator?: string | undefined;
  append(chunk: Uint8Array): void | Promise<void>;
  /** Forgets everything. */
  clear(): void | Promise<void>;
  /** SHA-256 of what it holds, lower-case hex. */
  sha256(): Promise<string>;
}

/** A target in memory. */
export interface MemoryTarget extends DownloadTarget {
  append(chunk: Uint8Array): void;
  clear(): void;
  /** What has been collected, in a buffer that may be larger. */
  content(): Uint8Array<ArrayBuffer>;
}

/** @param expected number of bytes to make room for at once; more are taken as well. Default 0 */
export function createMemoryTarget(expected = 0): MemoryTarget {
  let buffer = new Uint8Array(expected);
  let length = 0;
  const content = (): Uint8Array<ArrayBuffer> => buffer.subarray(0, length);
  return {
    get length(): number {
      return length;
    },
    append(chunk): void {
      if (length + chunk.length > buffer.length) {
        const larger = new Uint8Array(Math.max(length + chunk.length, buffer.length * 2, 1 << 16));
        larger.set(content());
        buffer = larger;
      }
      buffer.set(chunk, length);
      length += chunk.length;
    },
    clear(): void {
      length = 0;
    },
    sha256: () => sha256(content()),
    content,
  };
}
