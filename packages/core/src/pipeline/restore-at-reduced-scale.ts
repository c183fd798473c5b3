import { createRowEnlarger } from '../image/row-enlarger.ts';
import { createRowReducer } from '../image/row-reducer.ts';
import { createRowWindow } from '../tiling/row-window.ts';
import { sampleMaximum } from '../image/samples.ts';
import { yieldToEventLoop } from '../runtime/yield-to-event-loop.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import type { RestoredRows } from './restored-rows.ts';
import type { RowSource } from './row-source.ts';

/** Full rows read between two turns of the event loop. */
const rowsPerTurn = 64;

/**
 * Restores a picture at a working scale: `x + enlarge(restore(reduce(x)) − reduce(x))`. The network sees a blur that is
 * narrower by the factor, and the detail finer than the reduced pixels stays the source's. Streams: full rows wait only
 * until their difference is known.
 *
 * @param factor full pixels per reduced pixel along each axis
 * @param restore restores the reduced picture
 */
export async function* restoreAtReducedScale(
  source: RowSource, factor: 2 | 3 | 4, restore: (reduced: RowSource) => AsyncIterable<RestoredRows>,
): AsyncGenerator<RestoredRows> {
  const { channels, transfer, type, width, height } = source;
  const reducer = createRowReducer({ width, height, channels, factor });
  const enlarger = createRowEnlarger({ width, height, channels, factor });
  const window = createRowWindow(source);
  const white = sampleMaximum(type);
  let y = 0;

  async function readReduced(rows: number): Promise<PixelImage | undefined> {
    const parts: Float32Array[] = [];
    let missing = rows;
    while (missing > 0) {
      const band = await source.read(Math.min(rowsPerTurn, missing * factor));
      if (!band) break;
      window.push(band);
      const part = reducer.push(band.data);
      parts.push(part);
      missing -= part.length / (reducer.width * channels);
      await yieldToEventLoop();
    }
    const data = joinSamples(parts);
    if (data.length === 0) return undefined;
    return { width: reducer.width, height: data.length / (reducer.width * channels), channels, transfer, data };
  }

  function addDifference(difference: Float32Array): RestoredRows {
    const rows = difference.length / (width * channels);
    const data = window.rows(y, rows);
    for (let i = 0; i < difference.length; i++) difference[i] += data[i] / white;
    const finished = { y, source: { width, height: rows, channels, transfer, data, alpha: window.alphaRows(y, rows) }, restored: difference };
    y += rows;
    window.dropBefore(y);
    return finished;
  }

  const reduced = { width: reducer.width, height: reducer.height, channels, transfer, type: 'float32', alpha: false, read: readReduced } as const;
  for await (const { source: before, restored } of restore(reduced)) {
    for (let i = 0; i < restored.length; i++) restored[i] -= before.data[i];
    const difference = enlarger.push(restored);
    if (difference.length > 0) yield addDifference(difference);
  }
}

function joinSamples(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
