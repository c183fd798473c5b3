import { DeblurError } from './deblur-error.ts';
import type { DeblurErrorOptions } from './deblur-error.ts';

/** The device or process ran out of memory; the tiler retries with smaller tiles where the model allows. */
export class OutOfMemoryError extends DeblurError {
  static readonly code = 'out-of-memory';
  override readonly name: string = 'OutOfMemoryError';

  constructor(message: string, options: DeblurErrorOptions = {}) {
    super(OutOfMemoryError.code, message, options);
  }

  /** True for this kind of error, from this or another copy of the package. */
  static override isInstance(error: unknown): error is OutOfMemoryError {
    return DeblurError.isInstance(error) && error.code === OutOfMemoryError.code;
  }
}
