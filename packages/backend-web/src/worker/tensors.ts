import type { InferenceSession, OnnxValue, Tensor as RuntimeTensor, TensorConstructor } from 'onnxruntime-web';
import type { DeclaredTensor, NamedTensors, Tensor, TensorData, TensorType } from '@deblur/core';

/** Tensors as the runtime takes them. */
export function toRuntime(Constructor: TensorConstructor, inputs: NamedTensors): Record<string, RuntimeTensor> {
  return Object.fromEntries(Object.entries(inputs).map(([name, { type, data, dims }]) => [
    name, new Constructor(type, toRuntimeData(type, data) as Float32Array, dims),
  ]));
}

// onnxruntime carries float16 in Float16Array where the browser has it.
function toRuntimeData(type: TensorType, data: TensorData): unknown {
  const { Float16Array: Half } = globalThis as { Float16Array?: new (buffer: ArrayBufferLike, offset: number, length: number) => unknown };
  return type === 'float16' && Half ? new Half(data.buffer, data.byteOffset, data.length) : data;
}

/** Tensors as the SDK carries them, and their buffers. */
export function fromRuntime(values: InferenceSession.OnnxValueMapType): { readonly outputs: NamedTensors; readonly transfer: readonly ArrayBuffer[] } {
  const outputs: Record<string, Tensor> = {};
  for (const [name, value] of Object.entries(values)) outputs[name] = fromValue(name, value);
  return { outputs, transfer: [...new Set(Object.values(outputs).map((tensor) => tensor.data.buffer as ArrayBuffer))] };
}

function fromValue(name: string, value: OnnxValue): Tensor {
  if (!('data' in value)) throw new Error(`Output ${name} is not a tensor.`);
  const data = value.data as TensorData;
  const type = value.type as TensorType;
  return { type, dims: value.dims, data: type === 'float16' ? new Uint16Array(data.buffer, data.byteOffset, data.length) : data };
}

/** A tensor of a loaded model in words of the SDK. */
export function declare(metadata: InferenceSession.ValueMetadata): DeclaredTensor {
  if (!metadata.isTensor) return { name: metadata.name, type: 'other', dims: [] };
  return { name: metadata.name, type: metadata.type, dims: metadata.shape.map((size) => (typeof size === 'number' ? size : -1)) };
}
