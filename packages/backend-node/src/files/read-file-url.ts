import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AbortedError, InvalidArgumentError, ModelError, ModelNotFoundError } from '@deblur/core';
import type { FileHandle } from 'node:fs/promises';
import type { DeblurError, ReadOptions } from '@deblur/core';

const chunkBytes = 4 << 20;

/**
 * Reads a `file:` URL from disk, reporting bytes as `download` progress.
 *
 * @throws ModelNotFoundError when there is no such file
 * @throws ModelError when it cannot be read
 * @throws InvalidArgumentError for the URL of a file on another machine
 * @throws AbortedError
 */
export async function readFileUrl(url: URL, { signal, onProgress }: ReadOptions = {}): Promise<Uint8Array> {
  AbortedError.throwIfAborted(signal);
  const path = toPath(url);
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { size: total } = await file.stat();
    const content = new Uint8Array(total);
    let done = 0;
    onProgress?.({ stage: 'download', done, total });
    while (done < total) {
      AbortedError.throwIfAborted(signal);
      const { bytesRead } = await file.read(content, done, Math.min(chunkBytes, total - done), done);
      if (bytesRead === 0) break;
      done += bytesRead;
      onProgress?.({ stage: 'download', done, total });
    }
    AbortedError.throwIfAborted(signal);
    return content.subarray(0, done);
  } catch (error) {
    throw AbortedError.isInstance(error) ? error : toTypedError(error, path);
  } finally {
    await file?.close();
  }
}

function toPath(url: URL): string {
  try {
    return fileURLToPath(url.href);
  } catch (error) {
    throw new InvalidArgumentError(`${url.href} is not the URL of a file on this machine.`, { cause: error });
  }
}

function toTypedError(error: unknown, path: string): DeblurError {
  const { code, message } = error as NodeJS.ErrnoException;
  const options = { cause: error, details: { path, code } };
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new ModelNotFoundError(`There is no file ${path}. Check the path, or install the model package again.`, options);
  }
  const reasons: Record<string, string> = {
    EISDIR: 'it is a folder; name the file in it',
    EACCES: 'permission was denied; make it readable for this user',
    EPERM: 'permission was denied; make it readable for this user',
    EMFILE: 'too many files are open in this process',
  };
  return new ModelError(`The file ${path} cannot be read: ${reasons[code ?? ''] ?? message}.`, options);
}
