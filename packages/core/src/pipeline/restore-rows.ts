import { AbortedError, ImageError } from '../errors/index.ts';
import { allocateSamples } from '../image/samples.ts';
import { batches } from '../tiling/batches.ts';
import { createRowWindow } from '../tiling/row-window.ts';
import { createStitcher } from '../tiling/stitcher.ts';
import { yieldToEventLoop } from '../runtime/yield-to-event-loop.ts';
import type { PixelImage, SampleArray } from '../image/pixel-image.ts';
import type { TilePosition } from '../tiling/batches.ts';
import type { TilePlan } from '../tiling/tile-plan.ts';
import type { RestoredRows } from './restored-rows.ts';
import type { RowSource } from './row-source.ts';
import type { TileRunner } from './tile-runner.ts';

/** What restoring a picture row by row needs. */
export interface RestoreRowsOptions {
  readonly plan: TilePlan;
  readonly runner: TileRunner;
  /** Samples yielded between two turns of the event loop. Default 2^19: a few milliseconds. */
  readonly samplesPerTurn?: number;
  /** Tiles computed at the same time. Default 1. */
  readonly parallel?: number | undefined;
  readonly signal?: AbortSignal;
  /** Called after each tile. */
  readonly onTile?: () => void;
}

/** Batches on their way at once, for each that is computed: the next one is being prepared meanwhile. */
const inFlight = 2;

/**
 * Restores a picture tile by tile and yields finished rows from the top. Memory is bounded by one row of tiles,
 * not by the picture: source rows are read when a tile needs them and dropped when their result has been yielded.
 */
export async function* restoreRows(source: RowSource, options: RestoreRowsOptions): AsyncGenerator<RestoredRows> {
  const { plan, runner, signal, samplesPerTurn = 2 ** 19, parallel = 1 } = options;
  const window = createRowWindow({ ...source, rows: plan.windowRows });
  const stitcher = createStitcher(plan, source.channels);
  const rowsPerTurn = Math.max(1, Math.floor(samplesPerTurn / (source.width * source.channels)));
  const pending: { readonly places: readonly TilePosition[]; readonly results: Promise<Float32Array[]> }[] = [];
  const stop = new AbortController();
  const stopOrAbort = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  let failure: { readonly error: unknown } | undefined;
  let rowsRead = 0;
  let rowsDone = 0;
  let rowsNeededFrom = 0;

  /** One tile that fails ends the work on all others. */
  function fail(error: unknown): void {
    failure ??= { error };
    stop.abort();
  }

  async function readUntil(row: number): Promise<void> {
    while (rowsRead < Math.min(row, source.height)) {
      const band = await source.read(Math.min(row - rowsRead, source.height - rowsRead, rowsPerTurn));
      if (!band) throw new ImageError(`The picture ended after ${rowsRead} of ${source.height} rows; it is truncated. Get a complete copy.`);
      window.push(band);
      rowsRead += band.height;
      await yieldToEventLoop();
    }
  }

  async function extract({ x, y }: TilePosition): Promise<SampleArray> {
    const { tileWidth: width, tileHeight: height } = plan;
    rowsNeededFrom = y;
    await readUntil(y + height);
    const target = allocateSamples(source.type, width * height * source.channels);
    window.extract({ x, y, width, height }, target);
    await yieldToEventLoop();
    return target;
  }

  function sourceRows(y: number, height: number): PixelImage {
    const { width, channels, transfer } = source;
    return { width, height, channels, transfer, data: window.rows(y, height), alpha: window.alphaRows(y, height) };
  }

  async function* finishOldest(): AsyncGenerator<RestoredRows> {
    const { places, results } = pending.shift()!;
    const tiles = await results.catch((error: unknown) => { throw failure ? failure.error : error; });
    await yieldToEventLoop();
    for (const [index, { column, row }] of places.entries()) {
      stitcher.add(column, row, tiles[index]);
      options.onTile?.();
      for (let rows = stitcher.take(rowsPerTurn); rows; rows = stitcher.take(rowsPerTurn)) {
        yield { y: rows.y, source: sourceRows(rows.y, rows.rows), restored: rows.data };
        rowsDone = rows.y + rows.rows;
        await yieldToEventLoop();
      }
    }
    window.dropBefore(Math.min(rowsDone, rowsNeededFrom));
  }

  try {
    for (const places of batches(plan)) {
      AbortedError.throwIfAborted(signal);
      const tiles: SampleArray[] = [];
      for (const place of places) tiles.push(await extract(place));
      const results = runner.run(tiles, stopOrAbort, places.map(({ x, y }) => `${x},${y}`));
      results.catch(fail);
      pending.push({ places, results });
      if (pending.length >= inFlight * parallel) yield* finishOldest();
    }
    while (pending.length > 0) yield* finishOldest();
  } finally {
    stop.abort();
  }
}
