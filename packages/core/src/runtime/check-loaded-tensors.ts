import { ModelError } from '../errors/index.ts';
import { formatDims } from './check-run-inputs.ts';
import type { ImageTensorSpec, InputTensorSpec, ModelManifest } from '../models/manifest.ts';
import type { TensorInfo } from './backend.ts';
import type { TensorType } from './tensor.ts';

const carried: readonly string[] = ['float32', 'float16', 'uint8', 'int64'] satisfies readonly TensorType[];

/** A tensor as the runtime of a backend declares it; `type` may be one the SDK does not carry. */
export interface DeclaredTensor {
  readonly name: string;
  /** Element type by onnxruntime's name, or `other` for sequences and maps. */
  readonly type: string;
  /** Sizes; -1 stands for a free dimension. */
  readonly dims: readonly number[];
}

/** Tensors of a loaded model, checked. */
export interface CheckedTensors {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
}

/**
 * Compares a loaded model's tensors with its manifest's: names, element types, channels and fixed sizes.
 *
 * @throws ModelError naming what the manifest says and what the model has
 */
export function checkLoadedTensors(manifest: ModelManifest, loaded: { inputs: readonly DeclaredTensor[]; outputs: readonly DeclaredTensor[] }): CheckedTensors {
  const { inputs, outputs } = manifest.tensors;
  const states = inputs.flatMap((spec) => (spec.role === 'state' ? [spec.next] : []));
  checkNames(manifest, 'input', inputs.map((spec) => spec.name), loaded.inputs, true);
  checkNames(manifest, 'output', [...outputs.map((spec) => spec.name), ...states], loaded.outputs, false);
  for (const spec of inputs) checkTensor(manifest, spec, find(loaded.inputs, spec.name));
  for (const spec of outputs) checkTensor(manifest, spec, find(loaded.outputs, spec.name));
  for (const tensor of [...loaded.inputs, ...loaded.outputs]) {
    if (!carried.includes(tensor.type)) {
      throw mismatch(manifest, `tensor ${tensor.name} has element type ${tensor.type}; ${carried.join(', ')} are possible`);
    }
  }
  return loaded as CheckedTensors;
}

function checkNames(manifest: ModelManifest, kind: string, named: readonly string[], loaded: readonly DeclaredTensor[], all: boolean): void {
  const names = loaded.map((tensor) => tensor.name);
  const absent = named.some((name) => !names.includes(name));
  const extra = all && names.some((name) => !named.includes(name));
  if (absent || extra) throw mismatch(manifest, `the manifest names the ${kind}s ${named.join(', ')}, the model has ${names.join(', ')}`);
}

function checkTensor(manifest: ModelManifest, spec: InputTensorSpec | ImageTensorSpec, tensor: DeclaredTensor): void {
  const has = `the model's ${tensor.name} is ${tensor.type} ${formatDims(tensor.dims)}`;
  if (spec.type !== tensor.type) throw mismatch(manifest, `the manifest gives ${spec.name} the type ${spec.type}, ${has}`);
  if (spec.role === 'parameter') return;
  if (tensor.dims.length !== 4) throw mismatch(manifest, `the manifest gives ${spec.name} the layout ${spec.layout}, ${has}`);
  const channels = tensor.dims[spec.layout === 'NCHW' ? 1 : 3];
  if (channels !== -1 && channels !== spec.channels) {
    throw mismatch(manifest, `the manifest gives ${spec.name} ${spec.channels} channels in layout ${spec.layout}, ${has}`);
  }
  const { fixed } = manifest.size;
  if (spec.role !== 'image' || !fixed) return;
  const [height, width] = spec.layout === 'NCHW' ? tensor.dims.slice(2) : tensor.dims.slice(1, 3);
  if ((height !== -1 && height !== fixed.height) || (width !== -1 && width !== fixed.width)) {
    throw mismatch(manifest, `the manifest fixes the size to ${fixed.width}×${fixed.height} (width × height), ${has}`);
  }
}

function find(tensors: readonly DeclaredTensor[], name: string): DeclaredTensor {
  return tensors.find((tensor) => tensor.name === name) as DeclaredTensor;
}

function mismatch(manifest: ModelManifest, problem: string): ModelError {
  return new ModelError(
    `The file of model ${manifest.id} ${manifest.version} is not the one its manifest describes: ${problem}. Use the manifest and weights of one release.`,
    { details: { model: manifest.id, version: manifest.version } },
  );
}
