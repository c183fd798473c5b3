import type { InputTensorSpec, ModelManifest, ParameterTensorSpec } from './manifest.ts';
import type { ManifestIssue } from './manifest-issue.ts';

/** Checks that a manifest's tensors fit together: one image input, names used once, parameters in their range. */
export function* tensorIssues({ tensors }: ModelManifest): Iterable<ManifestIssue> {
  const images = tensors.inputs.filter(({ role }) => role === 'image').length;
  if (images !== 1) yield { pointer: '/tensors/inputs', message: `has ${images} tensors of role image; exactly one must be there` };

  const seen = new Map<string, string>();
  const named = [
    ...tensors.inputs.map(({ name }, index) => ({ name, pointer: `/tensors/inputs/${index}/name` })),
    ...tensors.outputs.map(({ name }, index) => ({ name, pointer: `/tensors/outputs/${index}/name` })),
    ...tensors.inputs.flatMap((tensor, index) => (tensor.role === 'state' ? [{ name: tensor.next, pointer: `/tensors/inputs/${index}/next` }] : [])),
  ];
  for (const { name, pointer } of named) {
    const earlier = seen.get(name);
    if (earlier === undefined) seen.set(name, pointer);
    else yield { pointer, message: `is "${name}", which ${earlier} is too; tensors of an ONNX graph have names of their own` };
  }
  for (const [index, tensor] of tensors.inputs.entries()) {
    if (isParameter(tensor)) yield* parameterIssues(tensor, `/tensors/inputs/${index}`);
  }
}

function isParameter(tensor: InputTensorSpec): tensor is ParameterTensorSpec {
  return tensor.role === 'parameter';
}

function* parameterIssues(tensor: ParameterTensorSpec, pointer: string): Iterable<ManifestIssue> {
  const { minimum, maximum, default: value, dims } = tensor;
  if (minimum > maximum) yield { pointer: `${pointer}/minimum`, message: `is ${minimum}, above the maximum of ${maximum}; correct one of them` };
  else if (value < minimum || value > maximum) {
    yield { pointer: `${pointer}/default`, message: `is ${value}; it must be within ${minimum} to ${maximum}` };
  }
  const empty = dims.indexOf(0);
  if (empty !== -1) yield { pointer: `${pointer}/dims/${empty}`, message: 'is 0; a dimension is a size of 1 or more, or -1 for the batch' };
}
