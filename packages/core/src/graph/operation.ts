import type { SampleType, Transfer } from '../image/pixel-image.ts';
import type { GraphNodeSpec } from './node-spec.ts';

/** Order of the channels of a colour picture. */
export type ChannelOrder = 'rgb' | 'bgr';

/** What flows along an edge of a graph. */
export interface GraphValueType {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Order of three channels; without meaning for one. */
  readonly order: ChannelOrder;
  /** Integer types hold [0,255] or [0,65535]; float32 holds nominal [0,1] unless normalised. */
  readonly type: SampleType;
  readonly transfer: Transfer;
  /** Order in memory. */
  readonly layout: 'HWC' | 'CHW';
}

/** Maps one sample of one channel. A function that declares only `value` counts as the same for all channels. */
export type SampleFunction = (value: number, channel: number) => number;

/** Fills `result`, H×W×C interleaved, from its inputs, which it must not change. */
export type PictureFunction = (inputs: readonly Float32Array[], result: Float32Array) => void;

/**
 * An operation of pre and post graphs. Built-in ones and those of plugins have the same form.
 *
 * It defines one of `affine`, `sample`, `channelMap` and `compute`; one that defines none changes the type only, not the
 * values. Runs of the first three, with the change of layout, are fused into one pass over the picture.
 */
export interface GraphOperation {
  /** Name used in manifests. */
  readonly op: string;
  /** Number of inputs. */
  readonly arity: number;
  /** Names of its parameters; a node with any other is refused. When absent, any is let through to `infer`. */
  readonly parameters?: readonly string[];
  /** It takes integer samples as they are. All other operations get float32: the compiler converts before them. */
  readonly anyType?: boolean;
  /** Its inputs are brought to the sample type, transfer and channels of the first one before it. */
  readonly alike?: boolean;
  /**
   * Checks the parameters and says what comes out.
   * @throws InvalidArgumentError, with `details.parameter` if one is wrong; the compiler adds where in the graph
   */
  infer(inputs: readonly GraphValueType[], node: GraphNodeSpec): GraphValueType;
  /** For operations of the form scale × sample + offset: the two numbers for a channel. */
  affine?(node: GraphNodeSpec, input: GraphValueType): (channel: number) => readonly [scale: number, offset: number];
  /** For other operations that map each sample on its own; `undefined` where this node leaves values as they are. */
  sample?(node: GraphNodeSpec, input: GraphValueType): SampleFunction | undefined;
  /**
   * Lets the compiler replace a slow but smooth `sample`: float samples in [0,1] then come from linear interpolation between
   * `pieces` + 1 equally spaced exact values; samples outside still come from the function.
   */
  pieces?(node: GraphNodeSpec, input: GraphValueType): number;
  /**
   * For operations that replicate or reorder channels: for each channel of the result the input channel it shows;
   * `undefined` where this node needs `compute`.
   */
  channelMap?(node: GraphNodeSpec, input: GraphValueType): readonly number[] | undefined;
  /**
   * For all other operations: returns the function that computes the whole result, H×W×C interleaved float32 in and out
   * (the compiler changes layouts; integer types are held as whole numbers).
   */
  compute?(node: GraphNodeSpec, inputs: readonly GraphValueType[]): PictureFunction;
  /**
   * The nodes that undo this one, for deriving post graphs; empty where nothing is to undo, `undefined` or absent where it
   * cannot be undone. The first takes the value to undo unless it has `inputs`; they may name `result`, that value, and
   * `before`, what this node took on the way in.
   */
  invert?(node: GraphNodeSpec, input: GraphValueType): readonly GraphNodeSpec[] | undefined;
}
