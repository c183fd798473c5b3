import { createGate } from '@deblur/core';
import type { ExecutionProvider } from '@deblur/core';

/** Waits for the device a session computes on; what it gives back is called once, when the work is over. */
export type Admission = (signal?: AbortSignal) => Promise<() => void>;

/** When a session may load, run and be released. */
export interface SessionAdmission {
  /** Before a run. */
  readonly run: Admission;
  /** Before loading or releasing a model. */
  readonly change: Admission;
}

/** Shares the devices of one backend among its sessions. */
export interface DeviceShares {
  /** @param threads of the session, for the processor */
  admit(provider: ExecutionProvider, threads: number): SessionAdmission;
}

// One for the whole process, as the runtime's device is, however many backends there are.
const webgpu = createGate(1);

const atOnce: Admission = () => Promise.resolve(() => undefined);

/**
 * Processor: runs whose threads together exceed `threads` go one after the other, each at full speed, instead of
 * hindering each other. WebGPU: everything goes one after the other, since onnxruntime 1.30 has one device for all
 * threads and crashes when two of them use it at a time. Other providers: no restriction.
 */
export function createDeviceShares(threads: number): DeviceShares {
  const processor = createGate(threads);
  return {
    admit(provider, sessionThreads): SessionAdmission {
      if (provider === 'cpu') return { run: (signal) => processor.enter(sessionThreads, signal), change: atOnce };
      if (provider !== 'webgpu') return { run: atOnce, change: atOnce };
      const alone: Admission = (signal) => webgpu.enter(1, signal);
      return { run: alone, change: alone };
    },
  };
}
