import { ModelError } from '../errors/index.ts';
import type { TensorInfo } from './backend.ts';
import type { NamedTensors, Tensor, TensorData, TensorType } from './tensor.ts';

const arrays: Readonly<Record<TensorType, { readonly name: string }>> = {
  float32: Float32Array, float16: Uint16Array, uint8: Uint8Array, int64: BigInt64Array,
};

/**
 * Checks the tensors of a run against what the model declares.
 *
 * @param model id, for messages
 * @throws ModelError naming the tensor, what was given and what the model takes
 */
export function checkRunInputs(model: string, declared: readonly TensorInfo[], inputs: NamedTensors): void {
  const given = Object.keys(inputs);
  const names = declared.map((info) => info.name);
  const missing = names.filter((name) => !given.includes(name));
  const unknown = given.filter((name) => !names.includes(name));
  if (missing.length > 0 || unknown.length > 0) {
    const faults = [missing.length > 0 ? `missing ${missing.join(', ')}` : '', unknown.length > 0 ? `unknown ${unknown.join(', ')}` : ''];
    throw new ModelError(
      `${model} takes the tensors ${names.join(', ')}; it was given ${given.join(', ') || 'none'} (${faults.filter(Boolean).join('; ')}).`,
      { details: { expected: names, actual: given } },
    );
  }
  for (const info of declared) checkTensor(model, info, inputs[info.name] as Tensor);
}

function checkTensor(model: string, info: TensorInfo, tensor: Tensor): void {
  const fail = (problem: string): never => {
    throw new ModelError(
      `${model}: tensor ${info.name} ${problem}; the model takes ${describe(info.type, info.dims)}.`,
      { details: { tensor: info.name, expected: info, actual: { type: tensor.type, dims: tensor.dims } } },
    );
  };
  if (tensor.type !== info.type) fail(`has type ${tensor.type}`);
  if (kindOf(tensor.data) !== arrays[info.type].name) fail(`holds its elements in ${kindOf(tensor.data)} instead of ${arrays[info.type].name}`);
  const wrongSize = tensor.dims.some((size, axis) => !Number.isSafeInteger(size) || size < 1 || ((info.dims[axis] ?? -1) !== -1 && size !== info.dims[axis]));
  if (tensor.dims.length !== info.dims.length || wrongSize) fail(`has shape ${formatDims(tensor.dims)}`);
  const elements = tensor.dims.reduce((product, size) => product * size, 1);
  if (tensor.data.length !== elements) fail(`has ${tensor.data.length} elements where its shape ${formatDims(tensor.dims)} has ${elements}`);
}

function kindOf(data: TensorData): string {
  return Object.prototype.toString.call(data).slice('[object '.length, -1);
}

function describe(type: TensorType, dims: readonly number[]): string {
  return `${type} ${formatDims(dims)}`;
}

/** `1×3×?×?`; a question mark stands for a free dimension. */
export function formatDims(dims: readonly number[]): string {
  return dims.map((size) => (size === -1 ? '?' : String(size))).join('×') || 'scalar';
}
