import type { Tensor } from './tensor.ts';

/**
 * Remembers the state tensors of a recurrent network from one frame to the next, apart for each place of a tile. What is
 * kept during a frame is recalled in the next one.
 */
export interface StateMemory {
  /** The state a tile left in the frame before; undefined at the start. */
  recall(place: string, name: string): Tensor | undefined;
  /** Keeps the state of a tile for the next frame. */
  keep(place: string, name: string, state: Tensor): void;
}
