import { AbortedError } from '../errors/index.ts';

/**
 * Settles like `work`, or rejects with an `AbortedError` as soon as the signal fires. `work` itself goes on; use it
 * where several callers wait for the same promise and one of them may give up.
 */
export async function raceAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  AbortedError.throwIfAborted(signal);
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = (): void => reject(new AbortedError(signal.reason));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
