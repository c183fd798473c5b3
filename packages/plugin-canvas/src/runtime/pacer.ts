import { AbortedError } from '@deblur/core';

const busyMilliseconds = 8;
const pixelsAtATime = 2 ** 17;

/**
 * A function for long loops: lets other work of the thread run when a few milliseconds have passed since it last did.
 * @throws AbortedError from that function, once the signal has fired
 */
export function createPacer(signal?: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    AbortedError.throwIfAborted(signal);
    if (performance.now() - since < busyMilliseconds) return;
    await new Promise<void>((resolve) => {
      // Nested timers are clamped to 4 ms in browsers; messages are not.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (): void => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
    since = performance.now();
    AbortedError.throwIfAborted(signal);
  };
}

/** Rows of a width that are handled between two pauses. */
export function rowsAtATime(width: number): number {
  return Math.max(1, Math.floor(pixelsAtATime / width));
}
