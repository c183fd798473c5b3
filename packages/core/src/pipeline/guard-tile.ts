import type { SampleArray } from '../image/pixel-image.ts';

/** Why a restored tile may not be shown. */
export type TileFault = 'non-finite' | 'exploded';

/**
 * Compares a restored tile with its input.
 *
 * @param source H×W×C samples as they came
 * @param restored H×W×C float32, nominal [0,1]
 * @param white value of `source` that stands for 1
 * @param changeLimit root mean square change, in [0,1] units, beyond which the tile counts as exploded
 */
export function findTileFault(source: SampleArray, restored: Float32Array, white: number, changeLimit: number): TileFault | undefined {
  let squares = 0;
  const scale = 1 / white;
  for (let i = 0; i < restored.length; i++) {
    const change = restored[i] - source[i] * scale;
    squares += change * change;
  }
  if (!Number.isFinite(squares)) return 'non-finite';
  return squares > changeLimit * changeLimit * restored.length ? 'exploded' : undefined;
}
