import { DeblurError } from './deblur-error.ts';
import type { DeblurErrorOptions } from './deblur-error.ts';

/** The accelerator or worker that held a session is gone; the session is rebuilt once. */
export class DeviceLostError extends DeblurError {
  static readonly code = 'device-lost';
  override readonly name: string = 'DeviceLostError';

  constructor(message: string, options: DeblurErrorOptions = {}) {
    super(DeviceLostError.code, message, options);
  }

  /** True for this kind of error, from this or another copy of the package. */
  static override isInstance(error: unknown): error is DeviceLostError {
    return DeblurError.isInstance(error) && error.code === DeviceLostError.code;
  }
}
