import { compilePost } from '../graph/compile-post.ts';
import { compilePre } from '../graph/compile-pre.ts';
import { bindStateTensors } from './state-tensors.ts';
import { ModelError } from '../errors/index.ts';
import type { OperationRegistry } from '../graph/operation-registry.ts';
import type { ImageTensorSpec, ModelManifest, ParameterTensorSpec, StateTensorSpec } from '../models/manifest.ts';
import type { Session } from './backend.ts';
import type { StateMemory } from './state-memory.ts';
import type { Tensor, TensorData, TensorType } from './tensor.ts';
import type { PixelFormat, TileProgram, TileSize } from './tile-program.ts';

/** What a network needs to restore tiles. */
export interface NetworkProgramOptions {
  readonly session: Session;
  readonly manifest: ModelManifest;
  readonly operations: OperationRegistry;
  /** Values of the parameter tensors by name; the manifest's defaults fill in. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Format of the tiles. */
  readonly source: PixelFormat;
  readonly tile: TileSize;
  /** Carries states from frame to frame. Default: every run starts from zeros. */
  readonly memory?: StateMemory;
}

/** Binds a session to one tile shape: pre graph → network → post graph. */
export function createNetworkProgram(options: NetworkProgramOptions): TileProgram {
  const { session, manifest, operations: registry, source, tile } = options;
  const input = manifest.tensors.inputs.find((tensor): tensor is ImageTensorSpec => tensor.role === 'image')!;
  const output = manifest.tensors.outputs[0];
  const pre = compilePre({ nodes: manifest.pre, source, tile, tensor: input, registry });
  const post = compilePost({ nodes: manifest.post, preNodes: manifest.pre, source, tile, input, output, registry });
  const size = pre.output.width * pre.output.height * pre.output.channels;
  const states = bindStateTensors(
    manifest.id, manifest.tensors.inputs.filter((tensor): tensor is StateTensorSpec => tensor.role === 'state'), pre.output, options.memory,
  );
  const extra = manifest.tensors.inputs.filter((tensor): tensor is ParameterTensorSpec => tensor.role === 'parameter');

  return {
    async run(tiles, signal, places = tiles.map((_, index) => String(index))): Promise<Float32Array[]> {
      const data = allocate(input.type, size * tiles.length);
      tiles.forEach((pixels, index) => pre.run(pixels, data as Float32Array, index * size));
      const { width, height, channels } = pre.output;
      const dims = input.layout === 'NHWC' ? [tiles.length, height, width, channels] : [tiles.length, channels, height, width];
      const inputs: Record<string, Tensor> = { [input.name]: { type: input.type, dims, data }, ...states.before(places) };
      for (const spec of extra) inputs[spec.name] = parameterTensor(spec, options.parameters[spec.name] ?? spec.default, tiles.length);

      const results = await session.run(inputs, { signal });
      const image = results[output.name];
      if (!image) throw new ModelError(`${manifest.id} returned no tensor '${output.name}'; it returned ${Object.keys(results).join(', ')}.`);
      const perTile = image.data.length / tiles.length;
      if (perTile !== width * height * output.channels) {
        throw new ModelError(
          `${manifest.id} returned ${image.dims.join('×')} for ${tiles.length} of ${width}×${height} pixels; as many pixels of ${output.channels} channels were expected. `
          + 'Correct size and tensors in its manifest.',
          { details: { model: manifest.id, dims: image.dims, width, height } },
        );
      }
      states.keep(places, results);
      return tiles.map((pixels, index) => {
        const restored = new Float32Array(tile.width * tile.height * source.channels);
        post.run(image.data as Float32Array, index * perTile, pixels, restored);
        return restored;
      });
    },
  };
}

function allocate(type: TensorType, length: number): Exclude<TensorData, BigInt64Array> {
  if (type === 'float32') return new Float32Array(length);
  if (type === 'float16') return new Uint16Array(length);
  if (type === 'uint8') return new Uint8Array(length);
  throw new ModelError(`An image tensor cannot be of type ${type}; use float32, float16 or uint8 in the manifest.`);
}

function parameterTensor(spec: ParameterTensorSpec, value: number, batch: number): Tensor {
  const dims = spec.dims.map((size) => (size === -1 ? batch : size));
  const length = dims.reduce((product, size) => product * size, 1);
  return { type: 'float32', dims, data: new Float32Array(length).fill(value) };
}

