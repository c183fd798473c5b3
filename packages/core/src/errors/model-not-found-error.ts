import { DeblurError } from './deblur-error.ts';
import type { DeblurErrorOptions } from './deblur-error.ts';

/** No registered model answers to the id, version or requirements asked for; the message lists what there is. */
export class ModelNotFoundError extends DeblurError {
  static readonly code = 'model-not-found';
  override readonly name: string = 'ModelNotFoundError';

  constructor(message: string, options: DeblurErrorOptions = {}) {
    super(ModelNotFoundError.code, message, options);
  }

  /** True for this kind of error, from this or another copy of the package. */
  static override isInstance(error: unknown): error is ModelNotFoundError {
    return DeblurError.isInstance(error) && error.code === ModelNotFoundError.code;
  }
}
