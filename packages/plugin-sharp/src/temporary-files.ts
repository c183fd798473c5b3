import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFailure } from './file-failure.ts';

/**
 * Temporary files of one codec. Each is removed by who made it; what is left when the process exits is removed then
 * (not when it is killed by a signal nobody handles).
 */
export class TemporaryFiles {
  readonly #folder: string | undefined;
  readonly #paths = new Set<string>();
  readonly #removeAll = (): void => {
    for (const path of this.#paths) rmSync(path, { force: true });
  };

  /** @param folder default: the system's temporary folder */
  constructor(folder?: string) {
    this.#folder = folder;
  }

  /** Where the files lie. */
  get folder(): string {
    return this.#folder ?? tmpdir();
  }

  /**
   * An empty file in the temporary folder that only this user can read.
   * @throws OutputError if the folder cannot be written to
   */
  async create(extension: string): Promise<string> {
    const path = join(this.folder, `deblur-${randomUUID()}.${extension}`);
    try {
      await this.reserve(path, 0o600);
    } catch (error) {
      throw temporaryFailure(error, this.folder);
    }
    return path;
  }

  /** Makes an empty file at a path that must not exist yet, and takes charge of it. */
  async reserve(path: string, mode = 0o666): Promise<void> {
    const file = await open(path, 'wx', mode);
    if (this.#paths.size === 0) process.once('exit', this.#removeAll);
    this.#paths.add(path);
    await file.close();
  }

  /** Removes a file, if it is still there. */
  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
    this.release(path);
  }

  /** Gives up charge of a file that was moved or removed. */
  release(path: string): void {
    this.#paths.delete(path);
    if (this.#paths.size === 0) process.removeListener('exit', this.#removeAll);
  }
}
