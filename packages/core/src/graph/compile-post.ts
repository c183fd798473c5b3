import { createProgram } from './passes/create-program.ts';
import { requireMemory, tensorMemory, valueMemory } from './picture-memory.ts';
import { resolveGraphs } from './resolve-graphs.ts';
import type { GraphNodeSpec } from './node-spec.ts';
import type { GraphValueType } from './operation.ts';
import type { OperationRegistry } from './operation-registry.ts';
import type { SampleArray } from '../image/pixel-image.ts';
import type { ImageTensorSpec } from '../models/manifest.ts';
import type { PixelFormat, TileSize } from '../runtime/tile-program.ts';

/** What a post graph is compiled for. */
export interface CompilePostOptions {
  /** The manifest's `post`; derived from `preNodes` when absent. */
  readonly nodes?: readonly GraphNodeSpec[] | undefined;
  /** The manifest's `pre`. */
  readonly preNodes: readonly GraphNodeSpec[];
  /** Format of the tiles. */
  readonly source: PixelFormat;
  readonly tile: TileSize;
  /** The model's image input. */
  readonly input: ImageTensorSpec;
  /** The model's image output. */
  readonly output: ImageTensorSpec;
  readonly registry: OperationRegistry;
}

/** From the model's image output to restored tiles. Runs one at a time: buffers are kept between runs. */
export interface PostProgram {
  /** Type of what is written: float32, H×W×C, in the source's transfer and channels. */
  readonly output: GraphValueType;
  /**
   * @param tensor the output tensor's memory: Float32Array, Uint8Array, or Uint16Array of float16 bits
   * @param offset element of `tensor` to begin at: number of the picture in the batch × its elements
   * @param source the tile as it was before the pre graph
   * @param target H×W×C samples, nominal [0,1], neither clamped nor rounded
   * @throws InvalidArgumentError where an array has another type or is too short
   */
  run(tensor: Float32Array | Uint16Array | Uint8Array, offset: number, source: SampleArray, target: Float32Array): void;
}

/**
 * Compiles a post graph for one tile shape. Without nodes it undoes those of the pre graph in reverse order. Afterwards the
 * result is brought to the source's transfer and channels: three become grey by their mean, grey takes on the source's
 * colours.
 *
 * @throws InvalidArgumentError listing the faults of the graph in `details.issues`, such as a node that cannot be undone
 */
export function compilePost(options: CompilePostOptions): PostProgram {
  const { source, pre, post } = resolveGraphs(options);
  const ends = { source: valueMemory(source.type), tensor: tensorMemory(options.output, pre.type), target: valueMemory(post.type) };
  const program = createProgram(post, ends);
  return {
    output: post.type,
    run(tensor, offset, tileBefore, target): void {
      requireMemory('The tensor', tensor, offset, ends.tensor);
      requireMemory('The tile', tileBefore, 0, ends.source);
      requireMemory('The result', target, 0, ends.target);
      program({ source: tileBefore, tensor: { data: tensor, offset }, target: { data: target, offset: 0 } });
    },
  };
}
