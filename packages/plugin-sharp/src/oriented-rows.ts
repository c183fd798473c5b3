import type { PixelStore } from './pixel-store.ts';
import { pixelBytes, rowBytes } from './sample-layout.ts';
import type { SampleLayout } from './sample-layout.ts';

/** Rows of a picture from top to bottom as it is to be seen. */
export interface OrientedRows {
  /** `count` rows from row `first`, interleaved bytes that belong to the caller. */
  read(first: number, count: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Memory for turning a picture by a quarter, in bytes. */
export interface TurningBudgets {
  /** For a strip of turned rows; the stored rows are read once for each strip. */
  readonly strip: number;
  /** For the stored rows read at a time. */
  readonly chunk: number;
}

const defaultBudgets: TurningBudgets = { strip: 32 * 2 ** 20, chunk: 4 * 2 ** 20 };

/**
 * Applies an EXIF orientation to stored rows (CIPA DC-008, tag 274): 1 as stored, 2 mirrored, 3 half turn, 4 upside down,
 * 5 transposed, 6 quarter turn clockwise, 7 transposed over the other diagonal, 8 quarter turn anticlockwise.
 * Quarter turns read strips of stored columns within a fixed budget, so that memory does not grow with the picture.
 */
export function orientRows(
  store: PixelStore, stored: SampleLayout, orientation: number, budgets: TurningBudgets = defaultBudgets,
): OrientedRows {
  if (orientation >= 5 && orientation <= 8) return turnedRows(store, stored, orientation, budgets);
  const mirrored = orientation === 2 || orientation === 3;
  const fromBottom = orientation === 3 || orientation === 4;
  const stride = rowBytes(stored);
  return {
    async read(first, count): Promise<Uint8Array<ArrayBuffer>> {
      const bytes = await store.read(fromBottom ? stored.height - first - count : first, count);
      if (fromBottom) reverseRuns(bytes, 0, count, stride);
      if (mirrored) for (let row = 0; row < count; row++) reverseRuns(bytes, row * stride, stored.width, pixelBytes(stored));
      return bytes;
    },
  };
}

/** Reverses the order of `count` runs of `size` bytes from `start` on. */
function reverseRuns(bytes: Uint8Array, start: number, count: number, size: number): void {
  const held = new Uint8Array(size);
  for (let a = start, b = start + (count - 1) * size; a < b; a += size, b -= size) {
    if (size > 16) {
      held.set(bytes.subarray(a, a + size));
      bytes.copyWithin(a, b, b + size);
      bytes.set(held, b);
    } else {
      for (let i = 0; i < size; i++) {
        const byte = bytes[a + i]!;
        bytes[a + i] = bytes[b + i]!;
        bytes[b + i] = byte;
      }
    }
  }
}

function turnedRows(store: PixelStore, stored: SampleLayout, orientation: number, budgets: TurningBudgets): OrientedRows {
  const stride = stored.height * pixelBytes(stored);
  const stripRows = Math.min(stored.width, Math.max(1, Math.floor(budgets.strip / stride)));
  let stripFirst = -1;
  let strip = new Uint8Array(0);
  return {
    async read(first, count): Promise<Uint8Array<ArrayBuffer>> {
      const rows = new Uint8Array(count * stride);
      for (let done = 0; done < count; ) {
        const wanted = first + done;
        const start = wanted - (wanted % stripRows);
        if (start !== stripFirst) {
          strip = new Uint8Array(0);
          strip = await turnColumns(store, stored, orientation, budgets.chunk, start, Math.min(stripRows, stored.width - start));
          stripFirst = start;
        }
        const offset = wanted - start;
        const available = Math.min(count - done, strip.byteLength / stride - offset);
        rows.set(strip.subarray(offset * stride, (offset + available) * stride), done * stride);
        done += available;
      }
      return rows;
    },
  };
}

/** Makes rows `first … first + count` of the turned picture out of the stored columns they come from. */
async function turnColumns(
  store: PixelStore, stored: SampleLayout, orientation: number, chunkBudget: number, first: number, count: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const size = pixelBytes(stored);
  const { width, height } = stored;
  const stride = rowBytes(stored);
  const fromBottom = orientation === 6 || orientation === 7;
  const fromRight = orientation === 7 || orientation === 8;
  const chunkRows = Math.max(1, Math.floor(chunkBudget / stride));
  const turned = new Uint8Array(count * height * size);
  for (let top = 0; top < height; top += chunkRows) {
    const rows = Math.min(chunkRows, height - top);
    const chunk = await store.read(top, rows);
    for (let line = 0; line < count; line++) {
      const column = fromRight ? width - 1 - (first + line) : first + line;
      const begin = fromBottom ? height - 1 - top : top;
      const step = fromBottom ? -size : size;
      let target = (line * height + begin) * size;
      for (let source = column * size; source < rows * stride; source += stride, target += step) {
        for (let i = 0; i < size; i++) turned[target + i] = chunk[source + i]!;
      }
    }
  }
  return turned;
}
