import { AbortedError } from '../errors/index.ts';

/**
 * Settles like `work`, or rejects with an `AbortedError` as soon as the signal fires. `work` itself goes on, and a later
 * failure of it is nobody's; use it where work cannot be stopped, or where several callers wait for the same promise.
 */
export async function raceAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = (): void => reject(new AbortedError(signal.reason));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
