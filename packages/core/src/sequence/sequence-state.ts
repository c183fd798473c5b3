import type { Tensor } from '../runtime/tensor.ts';

/**
 * What a recurrent model remembers after a frame: plain data, to go on from later. Its tensors are shared with the
 * sequence; do not change them.
 */
export interface SequenceState {
  /** Model, picture size and working scale it belongs to; a frame of another kind starts anew. */
  readonly scope: string;
  /** State tensors, by place of the tile and name of the tensor. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}
