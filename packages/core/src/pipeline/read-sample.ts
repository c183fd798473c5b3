import { AbortedError } from '../errors/index.ts';
import { concatenateRows } from '../image/concatenate-rows.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { yieldToEventLoop } from '../runtime/yield-to-event-loop.ts';
import type { OpenedSource } from './open-source.ts';

/** Pixels looked at: enough to see blur and noise, little enough to stay quick. */
const samplePixels = 4_000_000;

/** Reads what blur and noise are measured on: the picture, or its central rows up to four megapixels, at full width. */
export async function readSample(open: () => Promise<OpenedSource>, signal: AbortSignal | undefined): Promise<PixelImage> {
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
      await yieldToEventLoop();
    }
    return concatenateRows(bands);
  } finally {
    await source.close();
  }
}
