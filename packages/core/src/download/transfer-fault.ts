import { ModelError, ModelNotFoundError } from '../errors/index.ts';
import { parseRetryAfter } from './retry-delay.ts';
import type { DownloadResponse } from './transport.ts';

/** Longest time that a server may ask to wait before the download is given up instead. */
const longestWaitMs = 300_000;

/** Something that may be different at the next attempt. */
export class TransferFault extends Error {
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { readonly cause?: unknown; readonly retryAfterMs?: number | undefined } = {}) {
    super(message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** What an answer other than 200 and 206 means: a `TransferFault` where asking again may help. */
export function answerError(url: URL, { status, statusText, headers }: DownloadResponse): Error {
  const details = { url: url.href, status };
  const answer = `the server answered ${status} ${statusText}`.trim();
  if (status === 404 || status === 410) return new ModelNotFoundError(`There is no file ${url.href} (${answer}).`, { details });
  if (status >= 500 || status === 408 || status === 425 || status === 429) {
    const retryAfterMs = parseRetryAfter(headers.get('Retry-After'));
    if (retryAfterMs === undefined || retryAfterMs <= longestWaitMs) return new TransferFault(answer, { retryAfterMs });
    return new ModelError(`${url.href} cannot be downloaded: ${answer} and asks to wait ${Math.ceil(retryAfterMs / 60_000)} minutes. Try later.`, { details });
  }
  return new ModelError(`${url.href} cannot be downloaded: ${answer}. See that it may be read from here.`, { details });
}
