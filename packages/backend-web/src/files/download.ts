import { AbortedError, ModelError, ModelNotFoundError } from '@deblur/core';
import { createByteSink } from './byte-sink.ts';
import type { ReadOptions } from '@deblur/core';

/** What is there of a file whose download was cut off, and how the server knows its version. */
export interface PartialFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** A strong ETag or a date of change, for `If-Range`. */
  readonly validator: string;
}

/** How a file is downloaded. */
export interface DownloadOptions extends ReadOptions {
  /** Attempts after the first that make no progress, before it is given up. */
  readonly retries: number;
  /** What an earlier download left. */
  readonly partial?: PartialFile;
  /** Called when the download fails or is aborted and what came so far can be resumed. */
  readonly onPartial?: (partial: PartialFile) => void;
  /** How the browser's own cache is used. */
  readonly httpCache?: RequestCache;
}

const firstPauseMs = 250;

/**
 * Downloads a file, going on where it stopped after a failure if the server allows ranges.
 *
 * @throws ModelNotFoundError for 404 and 410
 * @throws ModelError for other answers, and when the network fails more often than `retries` in a row
 * @throws AbortedError
 */
export async function download(url: URL, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { signal, onProgress, expected, retries, partial } = options;
  const sink = createByteSink(expected?.bytes);
  let validator = partial?.validator;
  if (partial) sink.append(partial.bytes);
  let failures = 0;

  async function attempt(): Promise<void> {
    const resuming = sink.length > 0 && validator !== undefined;
    if (!resuming) sink.clear();
    const headers: Record<string, string> = resuming ? { Range: `bytes=${sink.length}-`, 'If-Range': validator! } : {};
    const response = await fetch(url, { signal: signal ?? null, headers, cache: options.httpCache ?? 'default' });
    if (response.status === 416 && resuming) {
      validator = undefined;
      throw new Error('the server refused the range');
    }
    if (!response.ok) throw answerError(url, response);
    if (response.status !== 206) sink.clear();
    else if (!continues(response, sink.length)) throw new Error('the server sent another range');
    validator = resumable(response) ? findValidator(response) : undefined;
    const declared = totalOf(response, sink.length);
    const total = expected?.bytes ?? declared;
    onProgress?.({ stage: 'download', done: sink.length, total: Math.max(total, sink.length) });
    for await (const chunk of chunks(response)) {
      sink.append(chunk);
      failures = 0;
      onProgress?.({ stage: 'download', done: sink.length, total: Math.max(total, sink.length) });
      // Longer than declared: wrong already, and the caller's check says so.
      if (expected && sink.length > expected.bytes) return;
    }
    if (sink.length < declared) throw new Error(`the connection ended after ${sink.length} of ${declared} bytes`);
  }

  for (;;) {
    try {
      await attempt();
      return sink.content();
    } catch (error) {
      const final = signal?.aborted || error instanceof ModelError || error instanceof ModelNotFoundError || failures >= retries;
      if (!final) {
        await pause(firstPauseMs * 2 ** failures++, signal);
        continue;
      }
      if (validator !== undefined && sink.length > 0) options.onPartial?.({ bytes: sink.content(), validator });
      AbortedError.throwIfAborted(signal);
      if (error instanceof ModelError || error instanceof ModelNotFoundError) throw error;
      throw new ModelError(
        `${url.href} cannot be downloaded: ${error instanceof Error ? error.message : String(error)}. `
        + 'See that the device is online, that the server is, and that it allows this page\'s origin (CORS); what came so far is kept where the server allows ranges.',
        { cause: error, details: { url: url.href, received: sink.length } },
      );
    }
  }
}

async function* chunks({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function answerError(url: URL, { status, statusText }: Response): Error {
  const details = { url: url.href, status };
  if (status === 404 || status === 410) return new ModelNotFoundError(`There is no file ${url.href} (the server answered ${status}).`, { details });
  const answer = `${url.href} cannot be downloaded: the server answered ${status} ${statusText}`.trim();
  // Servers that are busy or restarting are asked again.
  if (status >= 500 || status === 408 || status === 429) return new Error(`the server answered ${status} ${statusText}`.trim());
  return new ModelError(`${answer}. See that this page may read it.`, { details });
}

function continues({ headers }: Response, start: number): boolean {
  return headers.get('Content-Range')?.startsWith(`bytes ${start}-`) ?? false;
}

// The length of an encoded (compressed) body is not that of the file, and its ranges are not the file's.
function isEncoded({ headers }: Response): boolean {
  return (headers.get('Content-Encoding') ?? 'identity') !== 'identity';
}

function totalOf(response: Response, start: number): number {
  const length = Number(response.headers.get('Content-Length') ?? 0);
  return isEncoded(response) || !(length > 0) ? 0 : response.status === 206 ? start + length : length;
}

function resumable(response: Response): boolean {
  return !isEncoded(response) && (response.status === 206 || response.headers.get('Accept-Ranges') === 'bytes');
}

function findValidator({ headers }: Response): string | undefined {
  const tag = headers.get('ETag');
  return (tag?.startsWith('W/') ? undefined : tag) ?? headers.get('Last-Modified') ?? undefined;
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
