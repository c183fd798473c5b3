import type { SampleType, Transfer } from '../image/pixel-image.ts';
import type { GraphNodeSpec } from './node-spec.ts';

/** What flows along an edge of a graph. */
export interface GraphValueType {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Integer types hold [0,255] or [0,65535]; float32 holds nominal [0,1] unless normalised. */
  readonly type: SampleType;
  readonly transfer: Transfer;
  /** Order in memory. */
  readonly layout: 'HWC' | 'CHW';
}

/** An operation of pre and post graphs. Built-in ones and those of plugins have the same form. */
export interface GraphOperation {
  /** Name used in manifests. */
  readonly op: string;
  /** Number of inputs. */
  readonly arity: number;
  /**
   * Checks the parameters and says what comes out.
   * @throws InvalidArgumentError; the compiler adds where in the graph
   */
  infer(inputs: readonly GraphValueType[], node: GraphNodeSpec): GraphValueType;
  /**
   * For operations that map each sample on its own. Returns the function for one channel; the compiler fuses runs of
   * these into one pass and into look-up tables where the source is an integer type.
   */
  sample?(node: GraphNodeSpec, input: GraphValueType): (value: number, channel: number) => number;
  /**
   * For all other operations: computes the whole result, H×W×C interleaved float32 in and out
   * (layout changes are done by the compiler).
   */
  compute?(node: GraphNodeSpec, types: readonly GraphValueType[]): (inputs: readonly Float32Array[], result: Float32Array) => void;
  /** The node that undoes this one, for deriving post graphs; absent where there is none. */
  invert?(node: GraphNodeSpec, input: GraphValueType): GraphNodeSpec | undefined;
}
