import { DeblurError } from './deblur-error.ts';
import type { DeblurErrorOptions } from './deblur-error.ts';

/** An option or value given by the caller is not usable; the message names it, its value and the allowed range. */
export class InvalidArgumentError extends DeblurError {
  static readonly code = 'invalid-argument';
  override readonly name: string = 'InvalidArgumentError';

  constructor(message: string, options: DeblurErrorOptions = {}) {
    super(InvalidArgumentError.code, message, options);
  }

  /** True for this kind of error, from this or another copy of the package. */
  static override isInstance(error: unknown): error is InvalidArgumentError {
    return DeblurError.isInstance(error) && error.code === InvalidArgumentError.code;
  }
}
