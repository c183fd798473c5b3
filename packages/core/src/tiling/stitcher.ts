import { InvalidArgumentError } from '../errors/index.ts';
import { addTileRow, columnWeights } from './add-tile-row.ts';
import { raisedCosine } from './raised-cosine.ts';
import { requireInteger } from './require-integer.ts';
import type { TilePlan } from './tile-plan.ts';

/** Finished rows of the result. */
export interface StitchedRows {
  /** First row. */
  readonly y: number;
  /** Number of rows. */
  readonly rows: number;
  /** rows × width × channels samples, interleaved; belongs to the caller. */
  readonly data: Float32Array;
}

/**
 * Puts tiles together, blending neighbours in the strips of the plan, and hands out rows as soon as they are finished.
 *
 * Tiles come in row-major order, give or take: those of the current row of tiles and of the one after it in any order.
 * The current row of tiles is the first of which rows are still to be taken. The result does not depend on the order in
 * which tiles come, bit by bit.
 *
 * Memory: the rows a row of tiles contributes to at the picture's whole width in float32 (at most tile height), twice if
 * tiles of the next row come before the current one is taken, plus up to three blended strips.
 */
export interface Stitcher {
  /** First row that has not been taken. */
  readonly y: number;
  /** True when every row has been taken. */
  readonly done: boolean;
  /** Bytes allocated. */
  readonly bytes: number;
  /**
   * Adds one tile. It is copied.
   * @param column index into the plan's `columns`
   * @param row index into the plan's `rows`
   * @param tile tileHeight × tileWidth × channels samples, interleaved
   * @throws InvalidArgumentError if the tile was added before, is more than one row ahead, or has the wrong length
   */
  add(column: number, row: number, tile: Float32Array): void;
  /**
   * The next finished rows, or undefined while there are none. Call it until it returns undefined.
   * @param maxRows most rows to return, ≥ 1; default as many as have about a million samples (a few milliseconds' work)
   * @param target where to put them; default newly allocated
   * @throws InvalidArgumentError if `maxRows` is out of range or `target` is too short
   */
  take(maxRows?: number, target?: Float32Array): StitchedRows | undefined;
}

const samplesPerTake = 2 ** 20;

/** Buffers of one row of tiles: the rows only it and the strip above contribute to, and the strip below. */
interface TileRow {
  readonly upper: Float32Array;
  readonly lower: Float32Array;
  readonly added: Uint8Array;
  missing: number;
}

/**
 * Creates a stitcher for one pass over a plan.
 * @param channels channels of the result, ≥ 1
 * @throws InvalidArgumentError if `channels` is out of range
 */
export function createStitcher(plan: TilePlan, channels: number): Stitcher {
  requireInteger('channels', channels, 1);
  const { width, height, columns, rows } = plan;
  const rowSamples = width * channels;
  const tileSamples = plan.tileHeight * plan.tileWidth * channels;
  const weights = columns.map((column) => columnWeights(column, channels));
  const upperRows = rows.reduce((most, row) => Math.max(most, row.fadeOut[0] - row.from), 0);
  const lowerRows = rows.reduce((most, row) => Math.max(most, row.to - row.fadeOut[0]), 0);
  const fades = rows.map((row) => raisedCosine(row.fadeIn[1] - row.fadeIn[0]));
  const active = new Map<number, TileRow>();
  const spareUppers: Float32Array[] = [];
  const spareLowers: Float32Array[] = [];
  let bytes = 0;
  let current = 0;
  let y = 0;

  const buffer = (spare: Float32Array[], count: number): Float32Array => {
    const reused = spare.pop();
    if (reused !== undefined) return reused;
    const created = new Float32Array(count * rowSamples);
    bytes += created.byteLength;
    return created;
  };
  const tileRow = (row: number): TileRow => {
    const known = active.get(row);
    if (known !== undefined) return known;
    const created: TileRow = {
      upper: buffer(spareUppers, upperRows), lower: buffer(spareLowers, lowerRows),
      added: new Uint8Array(columns.length), missing: columns.length,
    };
    active.set(row, created);
    return created;
  };
  /** Rows of the strip shared with the row of tiles above: a weighted sum of both. */
  const blendRow = (above: Float32Array, below: Float32Array, offset: number, weight: number, target: Float32Array, position: number): void => {
    for (let i = 0; i < rowSamples; i++) {
      target[position + i] = above[offset + i]! * (1 - weight) + below[offset + i]! * weight;
    }
  };
  const release = (): void => {
    const finished = active.get(current)!;
    spareUppers.push(finished.upper);
    const above = active.get(current - 1);
    if (above !== undefined) spareLowers.push(above.lower);
    active.delete(current - 1);
    current++;
  };

  return {
    get y() {
      return y;
    },
    get done() {
      return y === height;
    },
    get bytes() {
      return bytes;
    },
    add(column, row, tile) {
      requireInteger('column', column, 0, columns.length - 1);
      requireInteger('row', row, 0, rows.length - 1);
      if (tile.length !== tileSamples) {
        throw new InvalidArgumentError(
          `A tile has ${tile.length} samples; ${plan.tileHeight}×${plan.tileWidth}×${channels} = ${tileSamples} are needed.`,
          { details: { length: tile.length, needed: tileSamples } },
        );
      }
      if (row > current + 1) {
        throw new InvalidArgumentError(
          `A tile of row ${row} came while row ${current} of ${rows.length} is unfinished or not taken; add tiles at most one row ahead and take finished rows in between.`,
          { details: { column, row, current } },
        );
      }
      const into = row < current ? undefined : tileRow(row);
      if (into === undefined || into.added[column] !== 0) {
        throw new InvalidArgumentError(`The tile in column ${column} of row ${row} was added before; add each tile once.`, { details: { column, row } });
      }
      const span = rows[row]!;
      const blended = { left: into.added[column - 1] === 1, right: into.added[column + 1] === 1 };
      for (let at = span.from; at < span.to; at++) {
        const isLower = at >= span.fadeOut[0];
        const offset = (at - (isLower ? span.fadeOut[0] : span.from)) * rowSamples;
        const source = (at - span.start) * plan.tileWidth * channels;
        addTileRow(columns[column]!, weights[column]!, channels, tile, source, isLower ? into.lower : into.upper, offset, blended);
      }
      into.added[column] = 1;
      into.missing--;
    },
    take(maxRows = Math.max(1, Math.floor(samplesPerTake / rowSamples)), target) {
      requireInteger('maxRows', maxRows, 1);
      const ready = active.get(current);
      if (ready === undefined || ready.missing > 0) return undefined;
      const span = rows[current]!;
      const count = Math.min(maxRows, span.fadeOut[0] - y);
      const data = target ?? new Float32Array(count * rowSamples);
      if (data.length < count * rowSamples) {
        throw new InvalidArgumentError(`The target has ${data.length} samples; ${count * rowSamples} are needed for ${count} rows.`, {
          details: { length: data.length, needed: count * rowSamples },
        });
      }
      const first = y;
      const [fadeFrom, fadeTo] = span.fadeIn;
      const fade = fades[current]!;
      const above = active.get(current - 1)?.lower;
      for (; y < first + count && y < fadeTo; y++) {
        blendRow(above!, ready.upper, (y - fadeFrom) * rowSamples, fade[y - fadeFrom]!, data, (y - first) * rowSamples);
      }
      const rest = first + count - y;
      data.set(ready.upper.subarray((y - span.from) * rowSamples, (y + rest - span.from) * rowSamples), (y - first) * rowSamples);
      y = first + count;
      if (y === span.fadeOut[0]) release();
      return { y: first, rows: count, data: data.length === count * rowSamples ? data : data.subarray(0, count * rowSamples) };
    },
  };
}
