import { DeblurError, AbortedError } from '../errors/index.ts';
import { modelFiles } from './model-files.ts';
import { readVerified } from './read-verified.ts';
import type { FileReference } from './manifest.ts';
import type { ModelPackage, ReadOptions } from './model-package.ts';

/** One file of a model after verification. */
export interface VerifiedFile {
  readonly file: FileReference;
  /** Why the file is not usable; absent when it is right. */
  readonly error?: DeblurError;
}

/**
 * Reads every file of a model and checks it against the manifest. Faults of files are in the result, not thrown.
 * @throws AbortedError
 */
export async function verifyModel(model: ModelPackage, options?: ReadOptions): Promise<readonly VerifiedFile[]> {
  const verified: VerifiedFile[] = [];
  for (const file of modelFiles(model.manifest)) {
    try {
      await readVerified(model.source, file, options);
      verified.push({ file });
    } catch (error) {
      if (!DeblurError.isInstance(error) || AbortedError.isInstance(error)) throw error;
      verified.push({ file, error });
    }
  }
  return verified;
}
