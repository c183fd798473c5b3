import { Worker } from 'node:worker_threads';

const script = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', () => {
    let sum = 0;
    for (let i = 0; i < 4e8; i++) sum += i % 7;
    parentPort.postMessage(sum);
  });
`;

/** Measures how many cores other work of the machine leaves: arithmetic in `threads` threads that have nothing in common. */
export interface FreeCores {
  /** Speed of all threads together over that of one, now: `threads` on an idle machine with as many cores. */
  measure(): Promise<number>;
  close(): Promise<void>;
}

/** Starts the threads. */
export function watchFreeCores(threads: number): FreeCores {
  const workers = Array.from({ length: threads }, () => new Worker(script, { eval: true }));
  const time = async (some: readonly Worker[]): Promise<number> => {
    const began = performance.now();
    await Promise.all(some.map((worker) => new Promise((resolve) => { worker.once('message', resolve).postMessage(null); })));
    return performance.now() - began;
  };
  return {
    async measure() {
      const one = await time(workers.slice(0, 1));
      return (threads * one) / (await time(workers));
    },
    close: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };
}
