import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** Decoded rows as sharp stores them, before orientation. */
export interface PixelStore {
  /** A copy of `count` rows from row `first`, interleaved bytes. */
  read(first: number, count: number): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** Rows in memory. */
export function memoryStore(bytes: Uint8Array, rowBytes: number): PixelStore {
  let held: Uint8Array | undefined = bytes;
  return {
    async read(first, count): Promise<Uint8Array<ArrayBuffer>> {
      if (!held) throw new Error('The pixels were let go.');
      return Uint8Array.from(held.subarray(first * rowBytes, (first + count) * rowBytes));
    },
    async close(): Promise<void> {
      held = undefined;
    },
  };
}

/**
 * Rows in an uncompressed file from byte `offset` on. Where the system allows it, the file loses its name at once, so
 * that nothing is left however the process ends.
 */
export async function fileStore(path: string, offset: number, rowBytes: number): Promise<PixelStore> {
  let file: FileHandle | undefined = await open(path);
  if (process.platform !== 'win32') await rm(path, { force: true });
  return {
    async read(first, count): Promise<Uint8Array<ArrayBuffer>> {
      if (!file) throw new Error('The file of pixels was closed.');
      const bytes = new Uint8Array(count * rowBytes);
      let done = 0;
      while (done < bytes.byteLength) {
        const position = offset + first * rowBytes + done;
        const { bytesRead } = await file.read(bytes, done, bytes.byteLength - done, position);
        if (bytesRead === 0) throw new Error(`The file of pixels ends at byte ${position}.`);
        done += bytesRead;
      }
      return bytes;
    },
    async close(): Promise<void> {
      const closing = file;
      file = undefined;
      await closing?.close();
    },
  };
}
