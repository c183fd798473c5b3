import { estimateBlurWidth } from '../blur/estimate-blur-width.ts';
import { AbortedError } from '../errors/index.ts';
import { concatenateRows } from '../image/concatenate-rows.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import type { OpenedSource } from './open-source.ts';
import type { WorkingScale } from './run-options.ts';

/** Blur up to this many pixels is within reach of the networks at full scale (measured on hand-held photographs). */
const reach = 15;
/** Pixels looked at: enough to see the blur, little enough to stay quick. */
const samplePixels = 4_000_000;

/**
 * Resolves `auto` to the working scale at which the measured blur comes within the network's reach.
 * Reads the picture once more, at most its central four megapixels.
 */
export async function chooseScale(
  wanted: WorkingScale | 'auto', open: () => Promise<OpenedSource>, signal: AbortSignal | undefined,
): Promise<WorkingScale> {
  if (wanted !== 'auto') return wanted;
  const source = await open();
  try {
    const rows = Math.min(source.height, Math.ceil(samplePixels / source.width));
    const first = Math.floor((source.height - rows) / 2);
    const bands: PixelImage[] = [];
    let y = 0;
    while (y < first + rows) {
      AbortedError.throwIfAborted(signal);
      const band = await source.read(Math.min(256, (y < first ? first : first + rows) - y));
      if (!band) break;
      if (y >= first) bands.push(band);
      y += band.height;
    }
    const width = estimateBlurWidth(concatenateRows(bands));
    if (width <= reach) return 1;
    return width <= 2 * reach ? 0.5 : 0.25;
  } finally {
    await source.close();
  }
}
