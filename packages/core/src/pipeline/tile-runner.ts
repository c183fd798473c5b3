import { batches } from '../tiling/batches.ts';
import { createRowWindow } from '../tiling/row-window.ts';
import { createStitcher } from '../tiling/stitcher.ts';
import { findTileFault } from './guard-tile.ts';
import { OutOfMemoryError } from '../errors/index.ts';
import { sampleMaximum } from '../image/samples.ts';
import { subdivideTile } from '../tiling/smaller-plan.ts';
import { yieldToEventLoop } from '../runtime/yield-to-event-loop.ts';
import type { SampleArray } from '../image/pixel-image.ts';
import type { PixelFormat, TileProgram } from '../runtime/tile-program.ts';
import type { Warning } from '../runtime/warning.ts';
import type { TilePlan } from '../tiling/tile-plan.ts';
import type { TileRestorer } from './tile-restorer.ts';

/** Runs tiles and copes with what can go wrong with one. */
export interface TileRunner extends TileProgram {
  /** Tiles that kept their input so far. */
  readonly kept: number;
}

/** What a runner needs. */
export interface TileRunnerOptions {
  readonly restorer: TileRestorer;
  readonly format: PixelFormat;
  /** Plan whose tiles will be run. */
  readonly plan: TilePlan;
  /** Given to `TileRestorer.prepare`. */
  readonly parallel?: number | undefined;
  readonly warn: (warning: Warning) => void;
}

/**
 * Wraps a restorer for the tiles of a plan: an unusable result leaves the tile as it was; when memory runs out, a batch is
 * run one by one, then the tile is put together from smaller ones, and so are all later ones.
 */
export function createTileRunner({ restorer, format, plan, parallel, warn }: TileRunnerOptions): TileRunner {
  const white = sampleMaximum(format.type);
  const tile = { width: plan.tileWidth, height: plan.tileHeight };
  let program: TileProgram | undefined;
  let parts: { readonly plan: TilePlan; readonly runner: TileRunner } | undefined;
  let oneByOne = false;
  let kept = 0;

  async function run(
    tiles: readonly SampleArray[], signal?: AbortSignal, places: readonly string[] = tiles.map((_, index) => String(index)),
  ): Promise<Float32Array[]> {
    if (parts || (oneByOne && tiles.length > 1)) {
      const results: Float32Array[] = [];
      for (const [index, pixels] of tiles.entries()) {
        const place = places[index];
        results.push(parts ? await runInParts(pixels, place, signal) : (await run([pixels], signal, [place]))[0]);
      }
      return results;
    }
    try {
      program ??= restorer.prepare(format, tile, parallel);
      const results = await program.run(tiles, signal, places);
      await yieldToEventLoop();
      return results.map((result, index) => guard(tiles[index], result));
    } catch (error) {
      if (!OutOfMemoryError.isInstance(error)) throw error;
      if (tiles.length > 1) oneByOne = true;
      else parts ??= divide(error);
      return run(tiles, signal, places);
    }
  }

  async function runInParts(pixels: SampleArray, place: string, signal?: AbortSignal): Promise<Float32Array> {
    const { plan: partPlan, runner } = parts!;
    const window = createRowWindow({ ...tile, ...format });
    window.push({ ...tile, ...format, data: pixels });
    const stitcher = createStitcher(partPlan, format.channels);
    const result = new Float32Array(pixels.length);
    for (const [{ column, row, x, y }] of batches(partPlan, 1)) {
      const part = pixels.slice(0, partPlan.tileWidth * partPlan.tileHeight * format.channels);
      window.extract({ x, y, width: partPlan.tileWidth, height: partPlan.tileHeight }, part);
      const [restored] = await runner.run([part], signal, [`${place}/${x},${y}`]);
      stitcher.add(column, row, restored);
      for (let rows = stitcher.take(); rows; rows = stitcher.take()) result.set(rows.data, rows.y * tile.width * format.channels);
    }
    return result;
  }

  function divide(cause: OutOfMemoryError): NonNullable<typeof parts> {
    const smaller = subdivideTile(plan);
    if (!smaller) {
      throw new OutOfMemoryError(
        `A tile of ${tile.width}×${tile.height} does not fit in memory and the model takes no smaller one. `
        + 'Free memory, use fewer threads, a smaller model, or another provider.',
        { cause },
      );
    }
    const to = { width: smaller.tileWidth, height: smaller.tileHeight };
    warn({
      code: 'tile-reduced',
      message: `Memory ran out at ${tile.width}×${tile.height} pixels a tile; going on with ${to.width}×${to.height}.`,
      details: { from: tile, to },
    });
    return { plan: smaller, runner: createTileRunner({ restorer, format, plan: smaller, parallel, warn }) };
  }

  function guard(pixels: SampleArray, result: Float32Array): Float32Array {
    if (!findTileFault(pixels, result, white, restorer.changeLimit)) return result;
    kept++;
    return Float32Array.from(pixels, (value) => (Number.isFinite(value) ? value / white : 0));
  }

  return {
    run,
    get kept(): number {
      return kept + (parts?.runner.kept ?? 0);
    },
  };
}
