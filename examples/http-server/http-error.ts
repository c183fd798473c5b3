import { DeblurError } from '@deblur/core';

/** An error as a client of the server gets it. */
export interface HttpError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What the caller can change has a status of 400 and above, and says what. The rest is ours. */
const statuses: Readonly<Record<string, number>> = {
  'invalid-argument': 400,
  'model-not-found': 400,
  'limit-exceeded': 413,
  'image-unreadable': 422,
  'estimate-refused': 422,
  'aborted': 503,
  'out-of-memory': 503,
  'output-failed': 507,
};

/** The table of errors to statuses. Messages of faults that are not the caller's are not told, for they may hold paths. */
export function toHttpError(error: unknown): HttpError {
  if (DeblurError.isInstance(error)) {
    const status = statuses[error.code] ?? 500;
    return { status, code: error.code, message: status < 500 ? error.message : 'The server could not restore the picture.' };
  }
  const { statusCode: status = 500, code = 'internal', message = '' } = error as { statusCode?: number; code?: string; message?: string };
  return status < 500 ? { status, code, message } : { status, code: 'internal', message: 'The server failed.' };
}
