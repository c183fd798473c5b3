import { resolveGraphs, tileChangeLimit, UnsupportedError } from '@deblur/core';
import { blendTilePass } from './shaders/blend-tile.wgsl.ts';
import { judgeTilePass } from './shaders/judge-tile.wgsl.ts';
import { lowerGraph } from './lower-graph.ts';
import { readTensorPass } from './shaders/read-tensor.wgsl.ts';
import { tensorBytes, tensorDims, tensorMemory } from './tensor-memory.ts';
import { writeTensorPass } from './shaders/write-tensor.wgsl.ts';
import type { ImageTensorSpec, ModelManifest, OperationRegistry, ParameterTensorSpec, TileSize } from '@deblur/core';
import type { Pass } from './shaders/write-tensor.wgsl.ts';
import type { TensorMemory } from './tensor-memory.ts';

/** A tensor in a GPU buffer. */
export interface GpuTensor {
  readonly name: string;
  readonly type: TensorMemory['type'];
  readonly dims: readonly number[];
  /** Size of the buffer. */
  readonly bytes: number;
}

/** A number given to the model besides the picture. */
export interface GpuParameter {
  readonly name: string;
  readonly dims: readonly number[];
  readonly value: number;
}

/** Everything a worker needs to restore tiles of one shape; plain data. */
export interface TileCode {
  /** Equal for equal code of one restorer. */
  readonly id: string;
  readonly tile: TileSize;
  /** Pre graph: gathers the tile and fills the input tensor. */
  readonly write: Pass;
  /** Post graph: makes the restored tile of the output tensor. */
  readonly read: Pass;
  readonly judge: Pass;
  readonly blend: Pass;
  readonly input: GpuTensor;
  readonly output: GpuTensor;
  readonly parameters: readonly GpuParameter[];
}

/** What the code of a tile is made from. */
export interface TileCodeOptions {
  readonly manifest: ModelManifest;
  readonly operations: OperationRegistry;
  readonly parameters: Readonly<Record<string, number>>;
  readonly tile: TileSize;
}

/**
 * Writes a model's graphs for tiles of one shape as compute shaders.
 * @throws UnsupportedError for operations and tensors that have no form for the GPU
 */
export function createTileCode({ manifest, operations, parameters, tile }: TileCodeOptions): TileCode {
  const { inputs, outputs } = manifest.tensors;
  const state = inputs.find(({ role }) => role === 'state');
  if (state) throw new UnsupportedError(`Tensor '${state.name}' of ${manifest.id} carries state from frame to frame, which stays on the GPU path not yet.`);
  const input = inputs.find((tensor): tensor is ImageTensorSpec => tensor.role === 'image')!;
  const output = outputs[0]!;
  const source = { channels: 3, type: 'uint8', transfer: 'srgb' } as const;
  const { pre, post } = resolveGraphs({ nodes: manifest.post, preNodes: manifest.pre, source, tile, input, output, registry: operations });
  const given = tensorMemory(input, pre.type);
  const returned = tensorMemory(output, pre.type);
  const read = readTensorPass(lowerGraph(post), returned, tile);
  const samples = tile.width * tile.height * 3;
  const tensor = (name: string, memory: TensorMemory): GpuTensor => ({ name, type: memory.type, dims: tensorDims(memory), bytes: tensorBytes(memory) });
  return {
    id: JSON.stringify([tile.width, tile.height, parameters]),
    tile,
    write: writeTensorPass(lowerGraph(pre), given),
    read,
    judge: judgeTilePass(read.workgroups[0] * read.workgroups[1], samples, tileChangeLimit(manifest, parameters)),
    blend: blendTilePass(tile),
    input: tensor(input.name, given),
    output: tensor(output.name, returned),
    parameters: inputs.filter((spec): spec is ParameterTensorSpec => spec.role === 'parameter').map((spec) => ({
      name: spec.name, dims: spec.dims.map((size) => (size === -1 ? 1 : size)), value: parameters[spec.name] ?? spec.default,
    })),
  };
}
