import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { constants, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { cacheError } from './cache-error.ts';
import type { DownloadTarget } from '@deblur/core';

/** A file that takes a download. Close it before renaming. */
export interface FileTarget extends DownloadTarget {
  /** Brings everything to the disk. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a file to download into; what it holds already is kept.
 * @throws OutputError, here and from its methods, when the disk refuses
 */
export async function openFileTarget(path: string, folder: string): Promise<FileTarget> {
  const file = await guard(folder, () => open(path, constants.O_RDWR | constants.O_CREAT, 0o644));
  let { size: length } = await guard(folder, () => file.stat());
  return {
    get length(): number {
      return length;
    },
    async append(chunk): Promise<void> {
      await guard(folder, async () => {
        for (let done = 0; done < chunk.length;) {
          const { bytesWritten } = await file.write(chunk, done, chunk.length - done, length);
          done += bytesWritten;
          length += bytesWritten;
        }
      });
    },
    async clear(): Promise<void> {
      await guard(folder, () => file.truncate(0));
      length = 0;
    },
    async sha256(): Promise<string> {
      const hash = createHash('sha256');
      await guard(folder, () => pipeline(createReadStream(path), hash));
      return hash.digest('hex');
    },
    flush: () => guard(folder, () => file.sync()),
    close: () => file.close(),
  };
}

async function guard<Result>(folder: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw cacheError(folder, error);
  }
}
