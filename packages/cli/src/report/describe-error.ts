import { DeblurError } from '@deblur/core';

/** An error as the command line and `--json` show it. */
export interface DescribedError {
  /** Stable identifier: a `DeblurError` code, or `internal` for a fault of the program itself. */
  readonly code: string;
  readonly message: string;
}

/** What went wrong, in one sentence, without a stack trace. */
export function describeError(error: unknown): DescribedError {
  if (DeblurError.isInstance(error)) return { code: error.code, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: `${message} (this is a fault of deblur; run again with --verbose for the stack trace and report it)` };
}

/** The stack trace with all causes, for `--verbose`. */
export function traceError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\n  caused by: ${traceError(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
