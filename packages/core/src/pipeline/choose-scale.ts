import { estimateBlurWidth } from '../blur/estimate-blur-width.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import type { WorkingScale } from './run-options.ts';

/** Blur up to this many pixels is within reach of the networks at full scale (measured on hand-held photographs). */
const reach = 15;

/** The working scale at which blur of a width comes within the networks' reach. */
export function scaleForWidth(width: number): WorkingScale {
  if (width <= reach) return 1;
  return width <= 2 * reach ? 0.5 : 0.25;
}

/**
 * Resolves `auto` to the working scale at which the measured blur comes within the network's reach.
 *
 * @param sample reads what the blur is measured on
 */
export async function chooseScale(wanted: WorkingScale | 'auto', sample: () => Promise<PixelImage>): Promise<WorkingScale> {
  return wanted === 'auto' ? scaleForWidth(estimateBlurWidth(await sample())) : wanted;
}
