import { OutputError } from '@deblur/core';

/** Why something cannot be written to the cache, and what to do. */
export function cacheError(folder: string, error: unknown): OutputError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission was denied', EPERM: 'permission was denied', EROFS: 'the disk is read-only', ENOSPC: 'the disk is full',
    EDQUOT: 'the quota is used up', ENOTDIR: 'part of the path is a file',
  };
  return new OutputError(
    `The model cache ${folder} cannot be written: ${reasons[code ?? ''] ?? message}. Choose another folder with the option \`cache\` or the variable DEBLUR_CACHE, `
    + 'or make room with `deblur models remove`.',
    { cause: error, details: { folder, code } },
  );
}
