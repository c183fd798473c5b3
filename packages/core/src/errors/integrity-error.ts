import { DeblurError } from './deblur-error.ts';
import type { DeblurErrorOptions } from './deblur-error.ts';

/** A file's size or sha256 is not the one its manifest declares; it was not used. */
export class IntegrityError extends DeblurError {
  static readonly code = 'integrity-failed';
  override readonly name: string = 'IntegrityError';

  constructor(message: string, options: DeblurErrorOptions = {}) {
    super(IntegrityError.code, message, options);
  }

  /** True for this kind of error, from this or another copy of the package. */
  static override isInstance(error: unknown): error is IntegrityError {
    return DeblurError.isInstance(error) && error.code === IntegrityError.code;
  }
}
