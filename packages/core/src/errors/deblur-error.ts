const marker: unique symbol = Symbol.for('@deblur/core/DeblurError');

/** What every error of the SDK can carry besides its message. */
export interface DeblurErrorOptions {
  /** The lower-level error that led to this one. */
  cause?: unknown;
  /** Machine-readable facts: file, tensor names, expected and actual values. */
  details?: Readonly<Record<string, unknown>>;
}

/**
 * Base of every error the SDK throws. `code` is stable and machine-readable; `message` says what was wrong
 * with what the caller gave and what to do about it.
 *
 * Use `DeblurError.isInstance(error)` rather than `instanceof` where several copies of the package may be loaded.
 */
export class DeblurError extends Error {
  /** Written out in each class, since bundlers and minifiers rename classes. */
  override readonly name: string = 'DeblurError';
  /** Stable, kebab-case identifier of the kind of failure. */
  readonly code: string;
  /** Machine-readable facts about the failure. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: DeblurErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
    Object.defineProperty(this, marker, { value: true });
  }

  /** True for any error of the SDK, from this or another copy of the package. */
  static isInstance(error: unknown): error is DeblurError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}
