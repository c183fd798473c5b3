import { dirname } from 'node:path';
import { OutputError } from '@deblur/core';

const remedies: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `the folder ${dirname(path)} does not exist. Create it, or choose another`,
  ENOTDIR: (path) => `${dirname(path)} is not a folder. Choose a path inside one`,
  EISDIR: () => 'it is a folder. Name a file in it',
  EACCES: (path) => `the folder ${dirname(path)} may not be written to. Change its permissions, or choose another`,
  EPERM: (path) => `the folder ${dirname(path)} may not be written to. Change its permissions, or choose another`,
  EROFS: () => 'it lies on a read-only file system. Choose another folder',
  ENOSPC: () => 'the disk is full. Free space on it, or choose another',
  EDQUOT: () => 'the disk quota is used up. Free space, or choose another disk',
  EFBIG: () => 'the file would be larger than its file system allows. Choose another disk or format',
  ENAMETOOLONG: () => 'its name is too long. Choose a shorter one',
  EEXIST: () => 'it exists already. Choose another name, or allow overwriting (overwrite: true)',
  EPIPE: () => 'its reader has gone',
};

/** The errno name of a failed file operation, also where libvips only mentions it in its text. */
function failureCode(error: unknown): string {
  if (error instanceof Error) {
    if ('code' in error && typeof error.code === 'string') return error.code;
    if (error.message.includes('No space left on device')) return 'ENOSPC';
    if (error.message.includes('File too large')) return 'EFBIG';
    if (error.message.includes('quota')) return 'EDQUOT';
  }
  return 'unknown';
}

/** An `OutputError` that names what could not be written, why, and what to do. */
export function writeFailure(error: unknown, path: string): OutputError {
  const code = failureCode(error);
  const text = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
  const reason = remedies[code]?.(path) ?? `writing failed: ${text}`;
  return new OutputError(`Cannot write ${path}: ${reason}.`, { cause: error, details: { path, reason: code } });
}

/** The same for the temporary folder, which the caller did not name. */
export function temporaryFailure(error: unknown, folder: string): OutputError {
  const code = failureCode(error);
  const reason =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? 'its disk is full'
      : error instanceof Error
        ? error.message.split('\n', 1)[0]
        : String(error);
  return new OutputError(
    `Cannot use the temporary folder ${folder}: ${reason}. Large pictures pass through it uncompressed; ` +
      'free space there, or name another with sharpCodec({ temporaryFolder }).',
    { cause: error, details: { path: folder, reason: code } },
  );
}
