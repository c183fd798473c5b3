import { ModelError, UnsupportedError } from '../../errors/index.ts';
import { createNetworkProgram } from '../../runtime/network-program.ts';
import { createOperationRegistry } from '../../graph/operation-registry.ts';
import type { ImageTensorSpec, ModelManifest } from '../manifest.ts';
import type { Session } from '../../runtime/backend.ts';
import type { NamedTensors, Tensor, TensorType } from '../../runtime/tensor.ts';

/** A loaded network that is tried out. */
export interface TrialNetwork {
  readonly session: Session;
  /** The outputs that have the size of the input at this size, of those asked about; none if the network refuses it. */
  fittingOutputs(width: number, height: number): Promise<readonly string[]>;
  /**
   * What the network makes of a picture, by a manifest's graphs and outputs.
   * @param pixels H×W×C interleaved, 8 bit, as many channels as the image input
   * @returns H×W×C, nominal [0,1], neither clamped nor checked
   */
  restore(manifest: ModelManifest, pixels: Uint8Array, width: number, height: number): Promise<Float32Array>;
}

/** @param outputs those that may be the picture */
export function createTrialNetwork(
  session: Session, { tensors }: ModelManifest, outputs: readonly ImageTensorSpec[], signal?: AbortSignal,
): TrialNetwork {
  const operations = createOperationRegistry([]);
  const image = tensors.inputs.find((tensor): tensor is ImageTensorSpec => tensor.role === 'image')!;

  function inputsOf(width: number, height: number): NamedTensors {
    return Object.fromEntries(tensors.inputs.map((spec): [string, Tensor] => {
      if (spec.role === 'image') return [spec.name, zeros(spec.type, dimsOf(spec, width, height))];
      const tensor = zeros('float32', spec.role === 'parameter' ? spec.dims.map((size) => (size === -1 ? 1 : size)) : []);
      if (spec.role === 'parameter') (tensor.data as Float32Array).fill(spec.default);
      return [spec.name, tensor];
    }));
  }

  return {
    session,
    async fittingOutputs(width, height): Promise<readonly string[]> {
      try {
        const results = await session.run(inputsOf(width, height), { signal });
        return outputs.filter((spec) => results[spec.name]?.dims.join() === dimsOf(spec, width, height).join()).map(({ name }) => name);
      } catch (error) {
        // How a network says that it does not take a size.
        if (ModelError.isInstance(error) || UnsupportedError.isInstance(error)) return [];
        throw error;
      }
    },
    async restore(manifest, pixels, width, height): Promise<Float32Array> {
      const program = createNetworkProgram({
        session, manifest, operations, parameters: {}, tile: { width, height }, source: { channels: image.channels, type: 'uint8', transfer: 'srgb' },
      });
      const [restored] = await program.run([pixels], signal);
      return restored;
    },
  };
}

function dimsOf({ layout, channels }: ImageTensorSpec, width: number, height: number): number[] {
  return layout === 'NCHW' ? [1, channels, height, width] : [1, height, width, channels];
}

function zeros(type: TensorType, dims: readonly number[]): Tensor {
  const length = dims.reduce((product, size) => product * size, 1);
  return { type, dims, data: type === 'float32' ? new Float32Array(length) : type === 'float16' ? new Uint16Array(length) : new Uint8Array(length) };
}
