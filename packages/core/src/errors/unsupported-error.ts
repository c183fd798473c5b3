import { DeblurError } from './deblur-error.ts';
import type { DeblurErrorOptions } from './deblur-error.ts';

/** The backend, provider or runtime cannot do what was asked here. The only error on which the next provider is tried. */
export class UnsupportedError extends DeblurError {
  static readonly code = 'unsupported';
  override readonly name: string = 'UnsupportedError';

  constructor(message: string, options: DeblurErrorOptions = {}) {
    super(UnsupportedError.code, message, options);
  }

  /** True for this kind of error, from this or another copy of the package. */
  static override isInstance(error: unknown): error is UnsupportedError {
    return DeblurError.isInstance(error) && error.code === UnsupportedError.code;
  }
}
