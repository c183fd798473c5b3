import { AbortedError, DeblurError, IntegrityError, ModelError } from '../errors/index.ts';
import { sha256 } from './sha256.ts';
import type { FileReference } from './manifest.ts';
import type { ModelSource, ReadOptions } from './model-package.ts';

/**
 * Reads one file of a model and checks its size and sha256 against the manifest, every time.
 *
 * @throws IntegrityError if the content is not what the manifest declares
 * @throws ModelError if the file cannot be read
 * @throws UnsupportedError where Web Crypto is missing
 * @throws AbortedError
 */
export async function readVerified(source: ModelSource, file: FileReference, options: ReadOptions = {}): Promise<Uint8Array> {
  AbortedError.throwIfAborted(options.signal);
  const bytes = await read(source, file, options);
  AbortedError.throwIfAborted(options.signal);
  if (bytes.byteLength !== file.bytes) throw mismatch(source, file, 'bytes', file.bytes, bytes.byteLength);
  const actual = await sha256(bytes);
  if (actual !== file.sha256) throw mismatch(source, file, 'sha256', file.sha256, actual);
  return bytes;
}

async function read(source: ModelSource, file: FileReference, options: ReadOptions): Promise<Uint8Array> {
  try {
    return await source.read(file, { ...options, expected: { bytes: file.bytes, sha256: file.sha256 } });
  } catch (error) {
    AbortedError.throwIfAborted(options.signal);
    if (DeblurError.isInstance(error)) throw error;
    throw new ModelError(
      `The model file ${file.path} cannot be read from ${source.location}: ${error instanceof Error ? error.message : String(error)}. `
      + 'See that it is there and readable, or install the model package again.',
      { cause: error, details: { file: file.path, location: source.location } },
    );
  }
}

function mismatch(source: ModelSource, file: FileReference, what: 'bytes' | 'sha256', expected: number | string, actual: number | string): IntegrityError {
  return new IntegrityError(
    `The model file ${file.path} from ${source.location} is not the one its manifest declares: ${what} ${actual}, expected ${expected}. `
    + 'It was not used. Install the model package or download the file again; if you replaced it on purpose, update bytes and sha256 in the manifest.',
    { details: { file: file.path, location: source.location, what, expected, actual } },
  );
}
