import { DeblurError } from './deblur-error.ts';
import type { DeblurErrorOptions } from './deblur-error.ts';

/** A picture cannot be read: missing, empty, truncated, not a picture, or of a kind the codec does not know. */
export class ImageError extends DeblurError {
  static readonly code = 'image-unreadable';
  override readonly name: string = 'ImageError';

  constructor(message: string, options: DeblurErrorOptions = {}) {
    super(ImageError.code, message, options);
  }

  /** True for this kind of error, from this or another copy of the package. */
  static override isInstance(error: unknown): error is ImageError {
    return DeblurError.isInstance(error) && error.code === ImageError.code;
  }
}
