import { InvalidArgumentError, ModelError, UnsupportedError } from '../../errors/index.ts';
import type { ImageLayout, ImageTensorSpec, ParameterTensorSpec } from '../manifest.ts';
import type { OnnxHeader } from '../onnx/read-onnx-header.ts';
import type { DeclaredTensor } from '../../runtime/check-loaded-tensors.ts';
import type { ImportModelOptions, ImportNote } from './import-options.ts';

/** Tensors of a network, as far as its file tells. */
export interface DescribedTensors {
  readonly image: ImageTensorSpec;
  readonly parameters: readonly ParameterTensorSpec[];
  /** Outputs that may be the picture, in the order of the file. */
  readonly outputs: readonly ImageTensorSpec[];
  /** Sides the file fixes; absent where one is open. */
  readonly fixed?: { readonly width: number; readonly height: number };
}

const pictureTypes: readonly string[] = ['float32', 'float16', 'uint8'];

/**
 * Finds the picture among a file's inputs and outputs, and how it lies in memory.
 * @throws InvalidArgumentError if a name or value must be given, or is not there
 * @throws ModelError, UnsupportedError if no input or output can be a picture
 */
export function describeTensors(header: OnnxHeader, options: ImportModelOptions, note: (note: ImportNote) => void): DescribedTensors {
  if (header.externalData) {
    throw new UnsupportedError('The weights of this file lie in another file beside it. Save the model as one file (onnx.save(model, path) in Python does) and import that.');
  }
  const input = findInput(header, options);
  const layout = layoutOf(input, options, note);
  const image = imageSpec(input, layout);
  const outputs = findOutputs(header, options, layout, image.channels);
  const [height, width] = layout === 'NCHW' ? input.dims.slice(2) : input.dims.slice(1, 3);
  return {
    image, outputs,
    parameters: header.inputs.filter((tensor) => tensor !== input).map((tensor) => parameterSpec(tensor, options, note)),
    ...(width > 0 && height > 0 && { fixed: { width, height } }),
  };
}

function findInput({ inputs }: OnnxHeader, { inputName: wanted }: ImportModelOptions): DeclaredTensor {
  const candidates = inputs.filter((tensor) => isPicture(tensor));
  if (wanted !== undefined) {
    const named = inputs.find(({ name }) => name === wanted);
    if (!named) throw new InvalidArgumentError(`The file has no input "${wanted}"; it has ${inputs.map(show).join(', ')}.`);
    if (!isPicture(named)) throw new ModelError(`Input ${show(named)} cannot be a picture: four dimensions with 1 or 3 channels are needed.`);
    return named;
  }
  const [first, second] = candidates;
  if (second) throw new InvalidArgumentError(`Several inputs can be the picture: ${candidates.map(show).join(', ')}. Name it with the option \`inputName\`.`);
  if (first) return first;
  throw new ModelError(`No input can be a picture of 1 or 3 channels; the file has ${inputs.map(show).join(', ') || 'none'}. Only networks from one picture to one picture can be imported.`);
}

function findOutputs({ outputs }: OnnxHeader, { outputName: wanted }: ImportModelOptions, layout: ImageLayout, channels: 1 | 3): readonly ImageTensorSpec[] {
  const named = wanted === undefined ? outputs : outputs.filter(({ name }) => name === wanted);
  if (named.length === 0) throw new InvalidArgumentError(`The file has no output "${wanted}"; it has ${outputs.map(show).join(', ')}.`);
  const at = layout === 'NCHW' ? 1 : 3;
  const pictures = named.filter(({ type, dims }) => pictureTypes.includes(type) && (dims.length === 0 || (dims.length === 4 && [channels, -1].includes(dims[at]))));
  if (pictures.length > 0) return pictures.map((tensor) => ({ ...imageSpec(tensor, layout), channels }));
  throw new ModelError(`No output can be a picture of ${channels} channels in layout ${layout}; the file has ${outputs.map(show).join(', ')}.`);
}

function isPicture({ type, dims }: DeclaredTensor): boolean {
  if (!pictureTypes.includes(type) || dims.length !== 4) return false;
  const [, second, , last] = dims;
  const hasChannels = second === 1 || second === 3 || last === 1 || last === 3 || (second === -1 && last === -1);
  const isNumber = dims.slice(1).every((size) => size === 1);
  return hasChannels && !isNumber;
}

function layoutOf({ name, dims }: DeclaredTensor, { layout }: ImportModelOptions, note: (note: ImportNote) => void): ImageLayout {
  if (layout !== undefined) return layout;
  const known = (size: number): boolean => size === 1 || size === 3;
  if (known(dims[1]) !== known(dims[3])) return known(dims[1]) ? 'NCHW' : 'NHWC';
  note({ kind: 'assumed', option: 'layout', message: `The file does not say where the channels of ${name} (${dims.join('×')}) are; NCHW was assumed.` });
  return 'NCHW';
}

function imageSpec({ name, type, dims }: DeclaredTensor, layout: ImageLayout): ImageTensorSpec {
  const channels = dims[layout === 'NCHW' ? 1 : 3] === 1 ? 1 : 3;
  return { name, role: 'image', layout, type: type as ImageTensorSpec['type'], channels };
}

function parameterSpec(tensor: DeclaredTensor, { parameters = {} }: ImportModelOptions, note: (note: ImportNote) => void): ParameterTensorSpec {
  const { name, type, dims } = tensor;
  if (type !== 'float32' || dims.slice(1).some((size) => size === -1)) {
    throw new UnsupportedError(`Input ${show(tensor)} is neither the picture nor one number for each picture (float32, sizes given but for the batch). Such models cannot be imported.`);
  }
  const value = parameters[name];
  if (value === undefined) {
    throw new InvalidArgumentError(`The model also takes ${show(tensor)}. Give its usual value with the option \`parameters\`, e.g. { ${name}: 0.1 }.`, { details: { parameter: name } });
  }
  const [minimum, maximum] = [Math.min(0, value), Math.max(1, value)];
  note({ kind: 'assumed', message: `Input ${name} takes values from ${minimum} to ${maximum}; correct minimum, maximum and description in the manifest.` });
  return { name, role: 'parameter', type: 'float32', dims, default: value, minimum, maximum, description: `Input ${name} of the network.` };
}

function show({ name, type, dims }: DeclaredTensor): string {
  return `${name} (${type}${dims.length > 0 ? ` ${dims.map((size) => (size === -1 ? '?' : size)).join('×')}` : ''})`;
}
