import { DeblurError } from '@deblur/core';
import type { SampleArray } from '@deblur/core';
import { latin1 } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { HeaderChecks } from '../formats/picture-facts.ts';
import { memorySurface } from '../pixels/pixel-rows.ts';
import type { PixelRows, PixelSurface } from '../pixels/pixel-rows.ts';
import { createPacer } from '../runtime/pacer.ts';
import { crc32 } from './crc32.ts';
import { undoFilter } from './filter-rows.ts';
import { inflate, pieceBytes } from './inflate.ts';
import { samplesRead, samplesStored } from './png-layout.ts';
import type { PngLayout } from './png-layout.ts';
import { rowUnpacker } from './unpack-row.ts';

/** Column and row of the first pixel of each Adam7 pass, and the steps (PNG specification, 8.2). */
const passes = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;

/**
 * Reads the rows of a PNG that is not interlaced as they are unpacked, without holding more than the rows asked for.
 * Unlike a canvas it keeps 16 bits and the colours of translucent pixels.
 */
export function pngRows(layout: PngLayout, checks: HeaderChecks, signal?: AbortSignal): PixelRows {
  const lines = lineReader(layout, checks, signal);
  const samples = samplesRead(layout);
  const unpack = rowUnpacker(layout);
  const { width } = layout;
  const rowBytes = bytesOfRow(layout, width);
  let above: Uint8Array = new Uint8Array(rowBytes);
  let row: Uint8Array = new Uint8Array(rowBytes);
  return {
    samples,
    async read(count): Promise<SampleArray> {
      const result = allocate(layout, count * width * samples);
      for (let i = 0; i < count; i++) {
        await lines.next(row, above);
        unpack(row, width, result, i * width * samples);
        [above, row] = [row, above];
      }
      return result;
    },
    close: () => lines.close(),
  };
}

/** Reads a whole PNG into memory. */
export async function pngSurface(layout: PngLayout, checks: HeaderChecks, signal?: AbortSignal): Promise<PixelSurface> {
  const { width, height, interlaced } = layout;
  const samples = samplesRead(layout);
  if (!interlaced) return memorySurface(await pngRows(layout, checks, signal).read(height), width, height, samples);
  const lines = lineReader(layout, checks, signal);
  const unpack = rowUnpacker(layout);
  const result = allocate(layout, width * height * samples);
  for (const [left, top, stepX, stepY] of passes) {
    const across = Math.ceil((width - left) / stepX);
    if (across < 1) continue;
    const pixels = allocate(layout, across * samples);
    let above: Uint8Array = new Uint8Array(bytesOfRow(layout, across));
    let row: Uint8Array = new Uint8Array(above.length);
    for (let y = top; y < height; y += stepY) {
      await lines.next(row, above);
      unpack(row, across, pixels, 0);
      for (let i = 0; i < across; i++) {
        const to = (y * width + left + i * stepX) * samples;
        for (let s = 0; s < samples; s++) result[to + s] = pixels[i * samples + s]!;
      }
      [above, row] = [row, above];
    }
  }
  lines.close();
  return memorySurface(result, width, height, samples);
}

function allocate({ bits }: PngLayout, length: number): Uint8Array | Uint16Array {
  return bits === 16 ? new Uint16Array(length) : new Uint8Array(length);
}

function bytesOfRow(layout: PngLayout, pixels: number): number {
  return Math.ceil((pixels * samplesStored(layout) * layout.bits) / 8);
}

interface LineReader {
  /** Fills `row` with the next line, its filter undone. */
  next(row: Uint8Array, above: Uint8Array): Promise<void>;
  close(): void;
}

function lineReader(layout: PngLayout, checks: HeaderChecks, signal: AbortSignal | undefined): LineReader {
  const reader = inflate(checkedParts(layout, checks));
  const pause = createPacer(signal);
  const size = Math.max(1, (samplesStored(layout) * layout.bits) / 8);
  let chunk: Uint8Array = new Uint8Array(0);
  let offset = 0;
  const take = async (target: Uint8Array): Promise<void> => {
    for (let done = 0; done < target.length; ) {
      if (offset === chunk.length) {
        const { done: over, value } = await reader.read();
        if (over) return checks.fail('its data is cut off');
        [chunk, offset] = [value, 0];
      }
      const count = Math.min(target.length - done, chunk.length - offset);
      target.set(chunk.subarray(offset, offset + count), done);
      done += count;
      offset += count;
    }
  };
  const filter = new Uint8Array(1);
  return {
    async next(row, above): Promise<void> {
      await pause();
      try {
        await take(filter);
        await take(row);
      } catch (error) {
        throw DeblurError.isInstance(error) ? error : damaged(checks, error);
      }
      if (!undoFilter(filter[0]!, row, above, size)) checks.fail(`its data is damaged (there is no filter ${filter[0]})`);
    },
    close: () => void reader.cancel().catch(() => undefined),
  };
}

function damaged(checks: HeaderChecks, error: unknown): unknown {
  try {
    return checks.fail(`its data is damaged (${error instanceof Error ? error.message : String(error)})`);
  } catch (failure) {
    return failure;
  }
}

/** The data in pieces; a chunk is known to be sound when its last piece was taken. */
function* checkedParts({ data }: PngLayout, checks: HeaderChecks): Generator<Bytes> {
  const name = crc32(latin1('IDAT'));
  for (const { bytes, crc } of data) {
    let found = name;
    for (let offset = 0; offset < bytes.byteLength; offset += pieceBytes) {
      const piece = bytes.subarray(offset, offset + pieceBytes);
      found = crc32(piece, found);
      if (offset + pieceBytes >= bytes.byteLength && found !== crc) checks.fail('its data is damaged');
      yield piece;
    }
  }
}
