import { DeblurError } from './deblur-error.ts';
import type { DeblurErrorOptions } from './deblur-error.ts';

/** A picture does not tell what was to be estimated from it, such as its blur; the message says why and what to do instead. */
export class EstimateRefusedError extends DeblurError {
  static readonly code = 'estimate-refused';
  override readonly name: string = 'EstimateRefusedError';

  constructor(message: string, options: DeblurErrorOptions = {}) {
    super(EstimateRefusedError.code, message, options);
  }

  /** True for this kind of error, from this or another copy of the package. */
  static override isInstance(error: unknown): error is EstimateRefusedError {
    return DeblurError.isInstance(error) && error.code === EstimateRefusedError.code;
  }
}
