import { randomUUID } from 'node:crypto';
import { link, realpath, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OutputError } from '@deblur/core';
import { writeFailure } from './file-failure.ts';
import type { TemporaryFiles } from './temporary-files.ts';

/** A file that appears under its name only when it is complete: until then it is a hidden file beside it. */
export class OutputFile {
  /** The path the caller named. */
  readonly path: string;
  /** Where to write meanwhile. */
  readonly temporaryPath: string;
  readonly #target: string;
  readonly #overwrite: boolean;
  readonly #files: TemporaryFiles;

  private constructor(path: string, target: string, temporaryPath: string, overwrite: boolean, files: TemporaryFiles) {
    this.path = path;
    this.#target = target;
    this.temporaryPath = temporaryPath;
    this.#overwrite = overwrite;
    this.#files = files;
  }

  /**
   * Makes sure that the file can be written, and reserves its place.
   * @throws OutputError if it cannot
   */
  static async reserve(path: string, overwrite: boolean, files: TemporaryFiles): Promise<OutputFile> {
    const { target, mode } = await resolveTarget(path, overwrite);
    const temporaryPath = join(dirname(target), `.deblur-${randomUUID()}.tmp`);
    try {
      await files.reserve(temporaryPath, mode);
    } catch (error) {
      throw writeFailure(error, path);
    }
    return new OutputFile(path, target, temporaryPath, overwrite, files);
  }

  /** A file in the temporary folder that is never given a name. */
  static async createNameless(files: TemporaryFiles): Promise<OutputFile> {
    const path = await files.create('encoded');
    return new OutputFile(path, path, path, false, files);
  }

  /**
   * Gives the complete file its name, in one step.
   * @throws OutputError
   */
  async commit(): Promise<void> {
    try {
      if (this.#overwrite) await rename(this.temporaryPath, this.#target);
      else await this.#moveWithoutReplacing();
    } catch (error) {
      await this.discard();
      throw writeFailure(error, this.path);
    }
    await this.#files.remove(this.temporaryPath);
  }

  /** Removes what was written. Safe to call twice. */
  async discard(): Promise<void> {
    await this.#files.remove(this.temporaryPath);
  }

  /** A hard link fails where the name was taken meanwhile; renaming would replace it. Some file systems have no links. */
  async #moveWithoutReplacing(): Promise<void> {
    try {
      await link(this.temporaryPath, this.#target);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EEXIST') throw error;
      await rename(this.temporaryPath, this.#target);
    }
  }
}

/** Follows links, so that the file a link names is replaced and not the link; an existing file keeps its permissions. */
async function resolveTarget(path: string, overwrite: boolean): Promise<{ target: string; mode?: number }> {
  const existing = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw writeFailure(error, path);
  });
  if (!existing) return { target: path };
  if (existing.isDirectory()) throw new OutputError(`Cannot write ${path}: it is a folder. Name a file in it.`, { details: { path } });
  if (!existing.isFile()) {
    throw new OutputError(`Cannot write ${path}: it is not a regular file. Write to it as a stream: { stream, format }.`, { details: { path } });
  }
  if (!overwrite) {
    throw new OutputError(`Cannot write ${path}: it exists already. Choose another name, or allow overwriting (overwrite: true).`, {
      details: { path, reason: 'EEXIST' },
    });
  }
  return { target: await realpath(path), mode: existing.mode & 0o777 };
}
