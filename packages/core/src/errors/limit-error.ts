import { DeblurError } from './deblur-error.ts';
import type { DeblurErrorOptions } from './deblur-error.ts';

/** A picture or file declares more than the configured limits allow (pixels, bytes); nothing was allocated for it. */
export class LimitError extends DeblurError {
  static readonly code = 'limit-exceeded';
  override readonly name: string = 'LimitError';

  constructor(message: string, options: DeblurErrorOptions = {}) {
    super(LimitError.code, message, options);
  }

  /** True for this kind of error, from this or another copy of the package. */
  static override isInstance(error: unknown): error is LimitError {
    return DeblurError.isInstance(error) && error.code === LimitError.code;
  }
}
