import { DeblurError } from './deblur-error.ts';
import type { DeblurErrorOptions } from './deblur-error.ts';

/** A model manifest is not valid; `details.issues` lists every fault with its JSON pointer. */
export class ManifestError extends DeblurError {
  static readonly code = 'manifest-invalid';
  override readonly name: string = 'ManifestError';

  constructor(message: string, options: DeblurErrorOptions = {}) {
    super(ManifestError.code, message, options);
  }

  /** True for this kind of error, from this or another copy of the package. */
  static override isInstance(error: unknown): error is ManifestError {
    return DeblurError.isInstance(error) && error.code === ManifestError.code;
  }
}
