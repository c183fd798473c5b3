import type { NamedTensors, Tensor, TensorData } from './tensor.ts';

/** Tensors with buffers of their own, and those buffers, ready to be transferred to a worker. */
export interface TensorCopies {
  readonly tensors: Record<string, Tensor>;
  readonly transfer: readonly ArrayBuffer[];
}

/** Copies tensors so that the caller's buffers are neither detached nor seen to change. */
export function copyTensors(tensors: NamedTensors): TensorCopies {
  const copies: Record<string, Tensor> = {};
  const transfer: ArrayBuffer[] = [];
  for (const [name, { type, dims, data }] of Object.entries(tensors)) {
    const copy = copyData(data);
    copies[name] = { type, dims: [...dims], data: copy };
    transfer.push(copy.buffer);
  }
  return { tensors: copies, transfer };
}

// Not `slice`: that of Node's Buffer shares memory.
function copyData(data: TensorData): TensorData & { readonly buffer: ArrayBuffer } {
  if (data instanceof BigInt64Array) return new BigInt64Array(data);
  if (data instanceof Float32Array) return new Float32Array(data);
  if (data instanceof Uint16Array) return new Uint16Array(data);
  return new Uint8Array(data as Uint8Array);
}
