import { DeblurError } from './deblur-error.ts';
import type { DeblurErrorOptions } from './deblur-error.ts';

/** A session, backend or client was used after `dispose()`. */
export class DisposedError extends DeblurError {
  static readonly code = 'disposed';
  override readonly name: string = 'DisposedError';

  constructor(message: string, options: DeblurErrorOptions = {}) {
    super(DisposedError.code, message, options);
  }

  /** True for this kind of error, from this or another copy of the package. */
  static override isInstance(error: unknown): error is DisposedError {
    return DeblurError.isInstance(error) && error.code === DisposedError.code;
  }
}
