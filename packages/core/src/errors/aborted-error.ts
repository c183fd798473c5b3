import { DeblurError } from './deblur-error.ts';

/**
 * The caller's `AbortSignal` fired. `name` is `'AbortError'` as with platform APIs; `cause` is the signal's reason.
 */
export class AbortedError extends DeblurError {
  static readonly code = 'aborted';
  override readonly name: string = 'AbortError';

  constructor(reason?: unknown) {
    super(AbortedError.code, 'The operation was aborted by its AbortSignal.', { cause: reason });
  }

  /** True for this kind of error, from this or another copy of the package. */
  static override isInstance(error: unknown): error is AbortedError {
    return DeblurError.isInstance(error) && error.code === AbortedError.code;
  }

  /** Throws an `AbortedError` if the signal has fired. */
  static throwIfAborted(signal: AbortSignal | undefined): void {
    if (signal?.aborted) throw new AbortedError(signal.reason);
  }
}
