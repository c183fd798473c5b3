import type { RunOptions, RunResult } from '../pipeline/run-options.ts';
import type { SequenceState } from './sequence-state.ts';

/** A frame with wishes of its own. */
export interface SequenceInput {
  /** A `PixelImage`, or whatever an installed codec reads. */
  readonly input: unknown;
  /** Where to write this frame; its result then holds no pixels. Default: keep them in the result. */
  readonly output?: unknown;
  /** Forget the frames before this one: after a cut, or a gap. */
  readonly reset?: boolean;
}

/** Options of `Deblur.sequence()`: those of a picture, for every frame. */
export interface SequenceOptions extends Omit<RunOptions, 'output' | 'onRows'> {
  /** Frames there will be, for progress. Default: as many as are known so far, which grows. */
  readonly total?: number;
  /**
   * Asked before each frame; true forgets the frames before it, as at a cut. A change of size always does. Only models with
   * states remember anything.
   */
  readonly isCut?: (frame: { readonly index: number; readonly input: unknown }) => boolean | Promise<boolean>;
  /** What to go on from: the `state` of an earlier frame, of a sequence with the same options. Default: zeros. */
  readonly state?: SequenceState;
}

/** A restored frame. */
export interface SequenceFrame extends RunResult {
  /** Place in the sequence, from 0. */
  readonly index: number;
  /** Models with states: whether this frame started from zeros, as the first one does, and one after a cut or another size. */
  readonly startsAnew?: boolean;
  /** Models with states: what is remembered after this frame. */
  readonly state?: SequenceState;
}
