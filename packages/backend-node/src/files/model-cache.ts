import { mkdir, readdir, readFile, rename, stat, unlink, utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sha256 as hash } from '@deblur/core';
import { cacheError } from './cache-error.ts';
import { defaultCacheFolder } from './cache-folder.ts';
import { openFileTarget } from './file-target.ts';
import { withCacheLock } from './cache-lock.ts';
import type { FileReference } from '@deblur/core';
import type { FileTarget } from './file-target.ts';

/** Where and how much a cache keeps. */
export interface ModelCacheOptions {
  /** Default: `defaultCacheFolder()`. */
  readonly folder?: string | undefined;
  /** Bytes; the files that were not used for longest go first. Default 8 GB. */
  readonly limit?: number | undefined;
}

/** A file in the cache. */
export interface CachedFile {
  readonly sha256: string;
  readonly bytes: number;
  /** When it was last read or stored, in milliseconds since 1970. */
  readonly usedAt: number;
}

/** Model files on disk, named by their sha256 and shared by all processes of a user. */
export interface ModelCache {
  /** Absolute path of the folder; it need not exist. */
  readonly folder: string;
  /** Where a file with this content is, or would be. */
  pathOf(sha256: string): string;
  /** The content if it is there and right; a damaged file is deleted. */
  find(expected: Pick<FileReference, 'bytes' | 'sha256'>): Promise<Uint8Array | undefined>;
  /** Files there, the one used last first. */
  list(): Promise<readonly CachedFile[]>;
  /** Deletes a file and what a cut-off download of it left. False if there was nothing. */
  remove(sha256: string): Promise<boolean>;
  /**
   * Has a file filled by `fill`, unless it is there by then, and returns its content. One caller at a time, in all processes, may
   * fill the same file; what a failed one leaves is handed to the next. `fill` must leave the expected content, checked.
   * @throws OutputError if the folder cannot be written, what `fill` throws, and the signal's reason
   */
  fill(expected: Pick<FileReference, 'bytes' | 'sha256'>, fill: (target: FileTarget) => Promise<void>, signal?: AbortSignal): Promise<Uint8Array>;
}

const isContent = /^[0-9a-f]{64}$/;
const isLeftover = /^[0-9a-f]{64}\.(?:part|lock)/;
const leftoverLifeMs = 7 * 24 * 3_600_000;

/** Opens a cache; nothing is read or created before it is used. */
export function createModelCache({ folder: given, limit = 8e9 }: ModelCacheOptions = {}): ModelCache {
  const folder = resolve(given ?? defaultCacheFolder());
  const files = join(folder, 'models');
  const pathOf = (sha256: string): string => join(files, sha256);

  async function find(expected: Pick<FileReference, 'bytes' | 'sha256'>): Promise<Uint8Array | undefined> {
    const path = pathOf(expected.sha256);
    const content = await readFile(path).catch(() => undefined);
    if (!content) return undefined;
    if (content.length === expected.bytes && await hash(content) === expected.sha256) {
      await utimes(path, new Date(), new Date()).catch(() => undefined);
      return content;
    }
    await unlink(path).catch(() => undefined);
    return undefined;
  }

  async function entries(): Promise<readonly (CachedFile & { readonly name: string })[]> {
    const names = await readdir(files).catch((): string[] => []);
    const found = await Promise.all(names.map(async (name) => {
      const facts = await stat(join(files, name)).catch(() => undefined);
      return facts?.isFile() ? [{ name, sha256: name.slice(0, 64), bytes: facts.size, usedAt: facts.mtimeMs }] : [];
    }));
    return found.flat().sort((a, b) => b.usedAt - a.usedAt);
  }

  async function evict(kept: string): Promise<void> {
    const oldest = Date.now() - leftoverLifeMs;
    let total = 0;
    const all = await entries();
    for (const { name, bytes, usedAt } of [...all.filter((file) => file.name === kept), ...all.filter((file) => file.name !== kept)]) {
      if (isContent.test(name)) total += bytes;
      const isSurplus = isContent.test(name) ? name !== kept && total > limit : isLeftover.test(name) && usedAt < oldest;
      if (isSurplus) {
        // A file in use by another program may refuse.
        await unlink(join(files, name)).catch(() => undefined);
        if (isContent.test(name)) total -= bytes;
      }
    }
  }

  return {
    folder, pathOf, find,
    list: async () => (await entries()).filter(({ name }) => isContent.test(name)).map(({ sha256, bytes, usedAt }) => ({ sha256, bytes, usedAt })),
    async remove(sha256): Promise<boolean> {
      const removed = await Promise.all(['', '.part'].map((ending) => unlink(`${pathOf(sha256)}${ending}`).then(() => true, () => false)));
      return removed.includes(true);
    },
    async fill(expected, fill, signal): Promise<Uint8Array> {
      const path = pathOf(expected.sha256);
      await mkdir(files, { recursive: true }).catch((error: unknown) => {
        throw cacheError(folder, error);
      });
      return withCacheLock(`${path}.lock`, signal, async () => {
        const there = await find(expected);
        if (there) return there;
        const target = await openFileTarget(`${path}.part`, folder);
        try {
          await fill(target);
          await target.flush();
        } finally {
          await target.close();
          if (target.length === 0 && expected.bytes > 0) await unlink(`${path}.part`).catch(() => undefined);
        }
        await rename(`${path}.part`, path);
        await evict(expected.sha256);
        return readFile(path);
      }).catch((error: unknown) => {
        throw error instanceof Error && 'syscall' in error ? cacheError(folder, error) : error;
      });
    },
  };
}
