import { readOnnxHeader } from './read-onnx-header.ts';
import type { ModelManifest } from '../manifest.ts';
import type { Session } from '../../runtime/backend.ts';
import type { NamedTensors } from '../../runtime/tensor.ts';

/** A manifest with the tensor names of its ONNX file, and how to hide them again. */
export interface AdoptedNames {
  readonly manifest: ModelManifest;
  /** A session that knows its tensors by the names of the original manifest. */
  restore(session: Session): Session;
}

/**
 * For a manifest whose tensor names nobody has checked: takes those of the file where both have one tensor in and one out.
 * Undefined where names fit already or cannot be told apart.
 * @throws ModelError if the bytes are not an ONNX file
 */
export function adoptTensorNames(manifest: ModelManifest, bytes: Uint8Array): AdoptedNames | undefined {
  const [input, ...otherInputs] = manifest.tensors.inputs;
  const [output] = manifest.tensors.outputs;
  const header = readOnnxHeader(bytes);
  if (otherInputs.length > 0 || header.inputs.length !== 1 || header.outputs.length !== 1) return undefined;
  const names = { input: header.inputs[0].name, output: header.outputs[0].name };
  if (input.name === names.input && output.name === names.output) return undefined;
  return {
    manifest: {
      ...manifest, tensors: { inputs: [{ ...input, name: names.input }], outputs: [{ ...output, name: names.output }] },
    },
    restore: (session) => ({
      ...session,
      inputs: session.inputs.map((tensor) => ({ ...tensor, name: input.name })),
      outputs: session.outputs.map((tensor) => ({ ...tensor, name: output.name })),
      async run(inputs, options): Promise<NamedTensors> {
        const results = await session.run({ [names.input]: inputs[input.name] }, options);
        return { [output.name]: results[names.output] };
      },
      dispose: () => session.dispose(),
    }),
  };
}
