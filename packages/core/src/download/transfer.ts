import { AbortedError, ModelError } from '../errors/index.ts';
import { answerError, TransferFault } from './transfer-fault.ts';
import { declaredLength, findValidator, parseContentRange } from './answer-range.ts';
import type { ReadOptions } from '../models/model-package.ts';
import type { DownloadTarget } from './download-target.ts';
import type { ByteReader, DownloadResponse, Transport } from './transport.ts';

/** One attempt of a download. */
export interface TransferOptions extends Pick<ReadOptions, 'signal' | 'onProgress' | 'expected'> {
  readonly transport: Transport;
  readonly target: DownloadTarget;
  /** Milliseconds without a byte after which the attempt is given up. */
  readonly stallMs: number;
  readonly fresh: boolean;
}

/**
 * Asks once for the rest of a file. What the target holds is gone on with where that is safe: under `If-Range` if its version
 * is known, else only if the content is checked afterwards.
 *
 * @returns whether bytes of an earlier attempt are part of what the target holds now
 * @throws TransferFault where another attempt may help; ModelNotFoundError, ModelError where not; AbortedError
 */
export async function transfer(url: URL, options: TransferOptions): Promise<boolean> {
  const { target, expected, signal, transport, fresh } = options;
  const held = target.length;
  const mayResume = held > 0 && (target.validator !== undefined || expected !== undefined) && held <= (expected?.bytes ?? Infinity);
  if (!mayResume) await forget(target);
  if (mayResume && held === expected?.bytes) return true;
  const headers = mayResume ? { Range: `bytes=${held}-`, ...(target.validator !== undefined && { 'If-Range': target.validator }) } : {};
  const watch = watchProgress(options.stallMs, signal);
  try {
    const response = await transport(url, { headers: headers as Record<string, string>, signal: watch.signal, fresh });
    watch.reset();
    await checkAnswer(url, response, target);
    const resumed = target.length > 0;
    target.validator = findValidator(response);
    await receive(response, options, watch.reset);
    return resumed;
  } catch (error) {
    AbortedError.throwIfAborted(signal);
    if (watch.stalled()) throw new TransferFault(`nothing came for ${options.stallMs / 1000} seconds`, { cause: error });
    throw error;
  } finally {
    watch.stop();
  }
}

async function checkAnswer(url: URL, response: DownloadResponse, target: DownloadTarget): Promise<void> {
  const { status } = response;
  try {
    if (url.protocol === 'https:' && response.url.startsWith('http:')) {
      throw new ModelError(`${url.href} cannot be downloaded: the server sends on to ${response.url}, which is not encrypted. Use another address.`, {
        details: { url: url.href, redirect: response.url },
      });
    }
    if (status === 200) return await forget(target);
    if (status === 206 && parseContentRange(response.headers.get('Content-Range'))?.start === target.length) return;
    if (status === 416 || status === 206) {
      const hadSome = target.length > 0;
      await forget(target);
      if (status === 206) throw new TransferFault('the server sent another part than the one asked for');
      if (hadSome) throw new TransferFault('the server did not go on where the download had stopped');
    }
    throw answerError(url, response);
  } catch (error) {
    response.body?.getReader().cancel().catch(() => undefined);
    throw error;
  }
}

async function receive(response: DownloadResponse, { target, expected, signal, onProgress }: TransferOptions, received: () => void): Promise<void> {
  const declared = declaredLength(response, target.length);
  const report = (): void => onProgress?.({
    stage: 'download', done: target.length, total: Math.max(expected?.bytes ?? declared, target.length),
  });
  report();
  const reader = response.body?.getReader();
  try {
    for await (const chunk of chunks(reader)) {
      received();
      await target.append(chunk);
      report();
      AbortedError.throwIfAborted(signal);
      // Longer than declared: wrong already, and the check of the content says so.
      if (expected && target.length > expected.bytes) return;
    }
  } finally {
    reader?.cancel().catch(() => undefined);
  }
  if (target.length < declared) throw new TransferFault(`the connection ended after ${target.length} of ${declared} bytes`);
}

async function* chunks(reader: ByteReader | undefined): AsyncGenerator<Uint8Array> {
  for (;;) {
    const next = await reader?.read();
    if (!next || next.done) return;
    if (next.value) yield next.value;
  }
}

async function forget(target: DownloadTarget): Promise<void> {
  target.validator = undefined;
  if (target.length > 0) await target.clear();
}

interface Watch {
  readonly signal: AbortSignal;
  reset(): void;
  stalled(): boolean;
  stop(): void;
}

/** A signal that fires with the caller's, or when `reset` was not called for so long. */
function watchProgress(stallMs: number, signal: AbortSignal | undefined): Watch {
  const controller = new AbortController();
  let stalled = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const abort = (): void => controller.abort(signal?.reason);
  const reset = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stalled = true;
      controller.abort();
    }, stallMs);
  };
  signal?.addEventListener('abort', abort, { once: true });
  reset();
  return {
    signal: controller.signal,
    reset,
    stalled: () => stalled,
    stop(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}
