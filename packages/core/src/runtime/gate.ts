import { AbortedError } from '../errors/index.ts';

/** Lets work through in order of arrival while a total weight is not exceeded. */
export interface Gate {
  /**
   * Waits for a turn. The caller calls what it gets back, once, when the work is over.
   * @param weight share of the capacity; more than the capacity counts as all of it
   * @throws AbortedError when the signal fires before the turn has come; the place in the queue is given up
   */
  enter(weight: number, signal?: AbortSignal): Promise<() => void>;
}

interface Waiting {
  readonly weight: number;
  readonly admit: () => void;
}

/** Creates a gate. */
export function createGate(capacity: number): Gate {
  const queue: Waiting[] = [];
  let free = capacity;

  function admitNext(): void {
    for (let next = queue[0]; next && next.weight <= free; next = queue[0]) {
      queue.shift();
      free -= next.weight;
      next.admit();
    }
  }

  return {
    enter(wanted, signal): Promise<() => void> {
      const weight = Math.min(wanted, capacity);
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(new AbortedError(signal.reason));
          return;
        }
        const giveUp = (): void => {
          queue.splice(queue.indexOf(waiting), 1);
          reject(new AbortedError(signal?.reason));
          admitNext();
        };
        const waiting: Waiting = {
          weight,
          admit: () => {
            signal?.removeEventListener('abort', giveUp);
            resolve(() => {
              free += weight;
              admitNext();
            });
          },
        };
        signal?.addEventListener('abort', giveUp, { once: true });
        queue.push(waiting);
        admitNext();
      });
    },
  };
}
