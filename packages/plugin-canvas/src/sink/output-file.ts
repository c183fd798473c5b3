import { OutputError } from '@deblur/core';
import type { Bytes } from '../bytes.ts';
import { nodeFiles, nodePaths } from '../runtime/node-builtins.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist. Create it, or choose another',
  ENOTDIR: 'part of the path is not a folder. Choose a path inside one',
  EACCES: 'its folder may not be written to. Change its permissions, or choose another',
  EPERM: 'its folder may not be written to. Change its permissions, or choose another',
  EROFS: 'it lies on a read-only file system. Choose another folder',
  ENOSPC: 'the disk is full. Free space on it, or choose another',
  EEXIST: 'it exists already. Choose another name, or allow overwriting (overwrite: true)',
};

/**
 * A file in Node that appears under its name only when it is complete: until then it is a hidden file beside it.
 */
export class OutputFile {
  readonly path: string;
  readonly #target: string;
  readonly #temporary: string;
  readonly #overwrite: boolean;
  readonly #mode: number | undefined;

  private constructor(path: string, target: string, temporary: string, overwrite: boolean, mode: number | undefined) {
    this.path = path;
    this.#target = target;
    this.#temporary = temporary;
    this.#overwrite = overwrite;
    this.#mode = mode;
  }

  /**
   * Makes sure that the file can be written, and reserves its place.
   * @throws OutputError if it cannot
   */
  static async reserve(path: string, overwrite: boolean): Promise<OutputFile> {
    const { open, realpath, stat } = nodeFiles();
    const { dirname, join } = nodePaths();
    try {
      const existing = await stat(path).catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw error;
      });
      if (existing && !existing.isFile()) {
        throw new OutputError(`Cannot write ${path}: it is not a regular file. Name a file.`, { details: { path } });
      }
      if (existing && !overwrite) throw failure(undefined, path, 'EEXIST');
      // Follows links, so that the file a link names is replaced and not the link.
      const target = existing ? await realpath(path) : path;
      const temporary = join(dirname(target), `.deblur-${crypto.randomUUID()}.tmp`);
      await (await open(temporary, 'wx')).close();
      return new OutputFile(path, target, temporary, overwrite, existing && existing.mode & 0o777);
    } catch (error) {
      throw OutputError.isInstance(error) ? error : failure(error, path);
    }
  }

  /**
   * Writes the file and gives it its name, in one step. A hard link fails where the name was taken meanwhile;
   * renaming would replace it.
   * @throws OutputError; nothing is left then
   */
  async commit(bytes: Bytes, signal?: AbortSignal): Promise<void> {
    const { chmod, link, rename, writeFile } = nodeFiles();
    try {
      await writeFile(this.#temporary, bytes, { ...(signal && { signal }) });
      if (this.#mode !== undefined) await chmod(this.#temporary, this.#mode);
      if (this.#overwrite) await rename(this.#temporary, this.#target);
      else {
        await link(this.#temporary, this.#target).catch((error: unknown) => {
          if (codeOf(error) === 'EEXIST') throw error;
          // Some file systems have no links.
          return rename(this.#temporary, this.#target);
        });
      }
    } catch (error) {
      throw failure(error, this.path);
    } finally {
      await this.discard();
    }
  }

  /** Removes what was written. Safe to call twice. */
  async discard(): Promise<void> {
    await nodeFiles().rm(this.#temporary, { force: true });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function failure(error: unknown, path: string, code: string = codeOf(error)): OutputError {
  const reason = reasons[code] ?? `writing failed: ${error instanceof Error ? error.message : String(error)}`;
  return new OutputError(`Cannot write ${path}: ${reason}.`, { cause: error, details: { path, reason: code } });
}
