import { fieldsOf, protobufFields, textOf } from './protobuf-reader.ts';
import { ModelError } from '../../errors/index.ts';
import type { DeclaredTensor } from '../../runtime/check-loaded-tensors.ts';

/** What an ONNX file says of itself, apart from its weights. */
export interface OnnxHeader {
  /** What the caller feeds; constants that old files list among the inputs are left out. `dims` is empty where the file gives no shape. */
  readonly inputs: readonly DeclaredTensor[];
  readonly outputs: readonly DeclaredTensor[];
  /** Program that wrote it, with version. */
  readonly producer: string;
  /** Version of the standard operators; 0 if not given. */
  readonly opset: number;
  /** Whether weights lie in files of their own. */
  readonly externalData: boolean;
}

/** Numbers of ONNX's TensorProto.DataType. */
const elementTypes: Readonly<Record<number, string>> = {
  1: 'float32', 2: 'uint8', 3: 'int8', 4: 'uint16', 5: 'int16', 6: 'int32', 7: 'int64', 9: 'bool', 10: 'float16', 11: 'float64', 16: 'bfloat16',
};

/**
 * Reads names, types and shapes of an ONNX file's inputs and outputs (onnx.proto: ModelProto, GraphProto, ValueInfoProto).
 * @throws ModelError if it is not an ONNX file
 */
export function readOnnxHeader(file: Uint8Array): OnnxHeader {
  try {
    return readModel(file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ModelError(`This is not a readable ONNX file: ${error.message} See that it was downloaded whole and is an .onnx.`, { cause: error });
  }
}

function readModel(file: Uint8Array): OnnxHeader {
  let graph: Uint8Array | undefined;
  let opset = 0;
  const producer: string[] = [];
  for (const entry of protobufFields(file)) {
    if (entry.field === 2 || entry.field === 3) producer.push(textOf(entry));
    if (entry.field === 7) graph = entry.bytes;
    if (entry.field === 8 && isStandardDomain(entry.bytes)) opset = fieldsOf(entry.bytes, 2)[0]?.value ?? 0;
  }
  if (!graph) throw new RangeError('It holds no graph.');
  return { ...readGraph(graph), producer: producer.join(' '), opset };
}

function isStandardDomain(set: Uint8Array | undefined): boolean {
  return fieldsOf(set, 1).every((domain) => ['', 'ai.onnx'].includes(textOf(domain)));
}

function readGraph(graph: Uint8Array): Pick<OnnxHeader, 'inputs' | 'outputs' | 'externalData'> {
  const constants = new Set<string>();
  const [inputs, outputs]: [DeclaredTensor[], DeclaredTensor[]] = [[], []];
  let externalData = false;
  for (const { field, bytes } of protobufFields(graph)) {
    if (field === 5 && bytes) {
      for (const entry of protobufFields(bytes)) {
        if (entry.field === 8) constants.add(textOf(entry));
        if (entry.field === 14 && entry.value === 1) externalData = true;
      }
    }
    if (field === 11 && bytes) inputs.push(readValue(bytes));
    if (field === 12 && bytes) outputs.push(readValue(bytes));
  }
  return { inputs: inputs.filter(({ name }) => !constants.has(name)), outputs, externalData };
}

function readValue(value: Uint8Array): DeclaredTensor {
  const [name] = fieldsOf(value, 1);
  const tensor = fieldsOf(fieldsOf(value, 2)[0]?.bytes, 1)[0]?.bytes;
  const type = fieldsOf(tensor, 1)[0]?.value ?? 0;
  const dims = fieldsOf(fieldsOf(tensor, 2)[0]?.bytes, 1).map(({ bytes }) => sizeOf(bytes));
  return { name: name ? textOf(name) : '', type: elementTypes[type] ?? 'other', dims };
}

/** A dimension has a number, or a name for a free one; 0 and numbers out of range are free too. */
function sizeOf(dimension: Uint8Array | undefined): number {
  const size = fieldsOf(dimension, 1)[0]?.value ?? 0;
  return size > 0 && Number.isSafeInteger(size) ? size : -1;
}
