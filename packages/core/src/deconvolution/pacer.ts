import { AbortedError } from '../errors/aborted-error.ts';
import { yieldToEventLoop } from '../runtime/yield-to-event-loop.ts';

/** Called between steps of long work: stops it on abort and lets other work of the thread run now and then. */
export type Pacer = () => Promise<void>;

const busyMilliseconds = 8;

/** @throws AbortedError from the pacer, once the signal has fired */
export function createPacer(signal?: AbortSignal): Pacer {
  let since = performance.now();
  return async () => {
    AbortedError.throwIfAborted(signal);
    if (performance.now() - since < busyMilliseconds) return;
    await yieldToEventLoop();
    since = performance.now();
    AbortedError.throwIfAborted(signal);
  };
}
