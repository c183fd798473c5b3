import { AbortedError, DeblurError, IntegrityError, ModelError, ModelNotFoundError, OutputError } from '../errors/index.ts';
import { retryDelay } from './retry-delay.ts';
import { transfer } from './transfer.ts';
import { TransferFault } from './transfer-fault.ts';
import type { ReadOptions } from '../models/model-package.ts';
import type { DownloadTarget } from './download-target.ts';
import type { Transport } from './transport.ts';

/** How a file is downloaded. */
export interface DownloadOptions extends Pick<ReadOptions, 'signal' | 'onProgress' | 'expected'> {
  readonly transport: Transport;
  /** Takes the bytes. What it holds already is gone on with if the server allows ranges. */
  readonly target: DownloadTarget;
  /** Attempts in a row that bring nothing new, after the first, before a place is given up. Default 3. */
  readonly retries?: number;
  /** Milliseconds without a byte after which an attempt counts as failed. Default 30 000. */
  readonly stallMs?: number;
  /** Answers may come from an HTTP cache, so that a wrong file is asked for once more, past it. Default false. */
  readonly cachedAnswers?: boolean;
  /** What to do when the network fails; ends messages. */
  readonly advice?: string;
}

/**
 * Downloads a file from the first of several places that has it. Attempts that fail are repeated with growing pauses or as the
 * server asks, and go on where the last one stopped. Where the content is known, size and sha256 are checked: a wrong file is
 * thrown away and the next place asked. The target holds the whole file when this resolves; after a failure it holds what can
 * be gone on with, or nothing.
 *
 * @param urls places with the same content, at least one; `https:` or `http:`
 * @throws IntegrityError if what was sent is not the expected file; ModelNotFoundError if no place has the file; ModelError
 * @throws OutputError if the target cannot keep it; AbortedError
 */
export async function download(urls: readonly URL[], options: DownloadOptions): Promise<void> {
  const { target, signal, expected } = options;
  const failures: DeblurError[] = [];
  for (const url of urls) {
    try {
      return await downloadFrom(url, options);
    } catch (error) {
      if (!DeblurError.isInstance(error) || AbortedError.isInstance(error) || OutputError.isInstance(error)) throw error;
      failures.push(error);
      if (failures.length === urls.length) continue;
      // Names of versions are a server's own; without a known content two servers' bytes must not be mixed.
      target.validator = undefined;
      if (!expected) await target.clear();
    }
  }
  AbortedError.throwIfAborted(signal);
  throw joinFailures(urls, failures);
}

async function downloadFrom(url: URL, options: DownloadOptions): Promise<void> {
  const { target, signal, expected, retries = 3, stallMs = 30_000, cachedAnswers = false } = options;
  let failures = 0;
  let reached = target.length;
  let fresh = false;
  for (;;) {
    AbortedError.throwIfAborted(signal);
    try {
      const resumed = await transfer(url, { ...options, stallMs, fresh });
      const fault = await findFault(url, target, expected);
      if (!fault) return;
      target.validator = undefined;
      await target.clear();
      if (fresh || !(resumed || cachedAnswers)) throw fault;
      fresh = true;
    } catch (error) {
      AbortedError.throwIfAborted(signal);
      if (DeblurError.isInstance(error)) throw error;
      if (target.length > reached) failures = 0;
      reached = Math.max(reached, target.length);
      if (failures >= retries) throw gaveUp(url, error, options);
      await pause(retryDelay(failures++, error instanceof TransferFault ? error.retryAfterMs : undefined), signal);
    }
  }
}

async function findFault(url: URL, target: DownloadTarget, expected: ReadOptions['expected']): Promise<IntegrityError | undefined> {
  if (!expected) return undefined;
  const whole = target.length === expected.bytes;
  const actual = whole ? await target.sha256() : target.length;
  if (actual === expected.sha256) return undefined;
  const what = whole ? `its sha256 is ${actual}, expected ${expected.sha256}` : `it has ${actual}${target.length > expected.bytes ? ' or more' : ''} bytes, expected ${expected.bytes}`;
  return new IntegrityError(`${url.href} is not the file its manifest declares: ${what}. It was thrown away. Use a manifest that fits, or another mirror.`, {
    details: { url: url.href, expected, actual },
  });
}

function gaveUp(url: URL, error: unknown, { advice, target }: DownloadOptions): ModelError {
  const reason = describe(error);
  return new ModelError(
    `${url.href} cannot be downloaded: ${reason}. ${advice ?? 'See that this machine is online and that the server is.'}`,
    { cause: error, details: { url: url.href, received: target.length } },
  );
}

/** fetch says "fetch failed" or "terminated"; why is in its cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : undefined;
  const because = cause && (cause.message || (cause as { readonly code?: string }).code);
  return error instanceof TransferFault || !because ? error.message : `${error.message} (${because})`;
}

function joinFailures(urls: readonly URL[], failures: readonly DeblurError[]): DeblurError {
  if (failures.length === 1) return failures[0];
  const message = `The file cannot be downloaded from any of ${urls.length} places. ${failures.map((failure) => failure.message).join(' ')}`;
  const options = { cause: failures[0], details: { urls: urls.map(({ href }) => href) } };
  if (failures.some((failure) => IntegrityError.isInstance(failure))) return new IntegrityError(message, options);
  return failures.every((failure) => ModelNotFoundError.isInstance(failure)) ? new ModelNotFoundError(message, options) : new ModelError(message, options);
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
