import { DeblurError } from './deblur-error.ts';
import type { DeblurErrorOptions } from './deblur-error.ts';

/** A model cannot be loaded or run: corrupt file, tensors that are not those of its manifest, wrong shapes or types, or a failing operator. */
export class ModelError extends DeblurError {
  static readonly code = 'model-failed';
  override readonly name: string = 'ModelError';

  constructor(message: string, options: DeblurErrorOptions = {}) {
    super(ModelError.code, message, options);
  }

  /** True for this kind of error, from this or another copy of the package. */
  static override isInstance(error: unknown): error is ModelError {
    return DeblurError.isInstance(error) && error.code === ModelError.code;
  }
}
