import { joinPointer } from './manifest-issue.ts';
import type { GoldenTile, ModelManifest, ParameterTensorSpec } from './manifest.ts';
import type { ManifestIssue } from './manifest-issue.ts';

/** Checks that the sizes of the golden tile's files are those its members speak of, and its parameters exist. */
export function* goldenIssues({ golden, tensors }: ModelManifest): Iterable<ManifestIssue> {
  if (!golden) return;
  const image = tensors.inputs.find(({ role }) => role === 'image');
  if (image?.role === 'image') {
    const channels = tensors.outputs[0].channels;
    yield* byteIssues('/golden/input/bytes', golden.input.bytes, golden.width * golden.height * image.channels,
      `${golden.width}×${golden.height} pixels of ${image.channels} channels`);
    const [columns, rows] = [sampled(golden.width, golden), sampled(golden.height, golden)];
    if (columns * rows === 0) {
      yield { pointer: '/golden/offset', message: `is ${golden.offset}; it must be less than both sides of the tile` };
    } else {
      yield* byteIssues('/golden/output/bytes', golden.output.bytes, columns * rows * channels * 4,
        `${columns}×${rows} sampled pixels of ${channels} channels in float32`);
    }
  }
  const parameters = new Map(tensors.inputs.flatMap((tensor): [string, ParameterTensorSpec][] => (tensor.role === 'parameter' ? [[tensor.name, tensor]] : [])));
  for (const [name, value] of Object.entries(golden.parameters ?? {})) {
    const pointer = joinPointer('/golden/parameters', name);
    const spec = parameters.get(name);
    if (!spec) yield { pointer, message: 'is not the name of a parameter tensor; see tensors.inputs' };
    else if (value < spec.minimum || value > spec.maximum) {
      yield { pointer, message: `is ${value}; it must be within ${spec.minimum} to ${spec.maximum}` };
    }
  }
}

function sampled(side: number, { offset, stride }: GoldenTile): number {
  return Math.max(0, Math.ceil((side - offset) / stride));
}

function* byteIssues(pointer: string, bytes: number, expected: number, because: string): Iterable<ManifestIssue> {
  if (bytes !== expected) yield { pointer, message: `is ${bytes}; ${because} take ${expected}` };
}
