import { createProgram } from './passes/create-program.ts';
import { requireMemory, tensorMemory, valueMemory } from './picture-memory.ts';
import { resolvePre } from './resolve-pre.ts';
import { throwIssues } from './graph-issue.ts';
import type { GraphIssue } from './graph-issue.ts';
import type { GraphNodeSpec } from './node-spec.ts';
import type { GraphValueType } from './operation.ts';
import type { OperationRegistry } from './operation-registry.ts';
import type { SampleArray } from '../image/pixel-image.ts';
import type { ImageTensorSpec } from '../models/manifest.ts';
import type { PixelFormat, TileSize } from '../runtime/tile-program.ts';

/** What a pre graph is compiled for. */
export interface CompilePreOptions {
  /** The manifest's `pre`. */
  readonly nodes: readonly GraphNodeSpec[];
  /** Format of the tiles. */
  readonly source: PixelFormat;
  readonly tile: TileSize;
  /** The model's image input. */
  readonly tensor: ImageTensorSpec;
  readonly registry: OperationRegistry;
}

/** From tiles to the model's image input. Runs one at a time: buffers are kept between runs. */
export interface PreProgram {
  /** Type of the tiles. */
  readonly input: GraphValueType;
  /** Type of the image input; float16 counts as float32. */
  readonly output: GraphValueType;
  /**
   * @param tile H×W×C samples of the source's type, not changed
   * @param target the tensor's memory: Float32Array, Uint8Array, or Uint16Array of float16 bits
   * @param offset element of `target` to begin at: number of the picture in the batch × its elements
   * @throws InvalidArgumentError where an array has another type or is too short
   */
  run(tile: SampleArray, target: Float32Array | Uint16Array | Uint8Array, offset: number): void;
}

/**
 * Compiles a pre graph for one tile shape. What a manifest leaves out is added: float32, sRGB and the tensor's channels
 * before the nodes, its type and layout after them; so `pre: []` is enough for a network that takes [0,1].
 * Integer tiles go through look-up tables, all else through fused loops.
 *
 * @throws InvalidArgumentError listing the faults of the graph in `details.issues`
 */
export function compilePre(options: CompilePreOptions): PreProgram {
  const issues: GraphIssue[] = [];
  const { source, result } = resolvePre(options, issues);
  throwIssues(issues);
  const ends = { source: valueMemory(source.type), target: tensorMemory(options.tensor, result!.type) };
  const program = createProgram(result!, ends);
  return {
    input: source.type,
    output: result!.type,
    run(tile, target, offset): void {
      requireMemory('The tile', tile, 0, ends.source);
      requireMemory('The tensor', target, offset, ends.target);
      program({ source: tile, target: { data: target, offset } });
    },
  };
}
