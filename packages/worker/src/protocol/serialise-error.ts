import { DeblurError } from '@deblur/core';

/** An error as it travels: platforms keep neither class nor fields of their own. */
export interface SerialisedError {
  readonly name: string;
  readonly message: string;
  /** Only of errors of the SDK. */
  readonly code?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: SerialisedError;
}

/** Takes an error apart. */
export function serialiseError(error: unknown): SerialisedError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, cause } = error;
  return {
    name, message,
    ...(DeblurError.isInstance(error) && { code: error.code, details: cloneable(error.details) }),
    ...(cause !== undefined && { cause: serialiseError(cause) }),
  };
}

/** Details that can be sent; what cannot is put in words. */
function cloneable(details: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => {
    try {
      return [name, structuredClone(value)];
    } catch {
      return [name, String(value)];
    }
  }));
}
