import { OutOfMemoryError } from '../errors/out-of-memory-error.ts';
import type { KernelExports } from './kernel-exports.ts';

const pageBytes = 65_536;
const largestMemory = 2 ** 32;
const alignment = 32;

/** A run of floats in the memory of the kernels. */
export interface KernelBlock {
  /** First byte. */
  readonly address: number;
  /** Current view of the floats; a view taken earlier is empty after memory has grown. */
  readonly data: Float32Array;
}

/** Hands out parts of the memory of the kernels. */
export interface KernelMemory {
  /** @throws OutOfMemoryError if the memory cannot grow far enough */
  allocate(floats: number): KernelBlock;
  /** Makes the part available again to blocks of the same length. */
  release(block: KernelBlock): void;
}

/** Manages the memory of one instance of the kernels: grows it, reuses released blocks of equal length. */
export function createKernelMemory(kernels: KernelExports): KernelMemory {
  const released = new Map<number, KernelBlock[]>();
  let end = Math.ceil(kernels.freeMemoryStart() / alignment) * alignment;

  function reserve(bytes: number): number {
    const address = end;
    const needed = address + bytes - kernels.memory.buffer.byteLength;
    if (needed > 0) {
      const message = `The kernels need ${address + bytes} bytes; use smaller pictures or tiles.`;
      if (address + bytes > largestMemory) throw new OutOfMemoryError(message);
      try {
        kernels.memory.grow(Math.ceil(needed / pageBytes));
      } catch (cause) {
        throw new OutOfMemoryError(message, { cause });
      }
    }
    end += bytes;
    return address;
  }

  return {
    allocate(floats) {
      const free = released.get(floats)?.pop();
      if (free) return free;
      const address = reserve(Math.ceil((floats * 4) / alignment) * alignment);
      let view = new Float32Array(0);
      return {
        address,
        get data(): Float32Array {
          if (view.buffer !== kernels.memory.buffer) view = new Float32Array(kernels.memory.buffer, address, floats);
          return view;
        },
      };
    },
    release(block) {
      const length = block.data.length;
      released.set(length, [...(released.get(length) ?? []), block]);
    },
  };
}
