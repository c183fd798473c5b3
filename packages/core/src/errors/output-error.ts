import { DeblurError } from './deblur-error.ts';
import type { DeblurErrorOptions } from './deblur-error.ts';

/** A result cannot be written: folder missing or read-only, disk full, output equal to input, unknown format. No partial file is left. */
export class OutputError extends DeblurError {
  static readonly code = 'output-failed';
  override readonly name: string = 'OutputError';

  constructor(message: string, options: DeblurErrorOptions = {}) {
    super(OutputError.code, message, options);
  }

  /** True for this kind of error, from this or another copy of the package. */
  static override isInstance(error: unknown): error is OutputError {
    return DeblurError.isInstance(error) && error.code === OutputError.code;
  }
}
