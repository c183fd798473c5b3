import { chooseParallel } from './choose-parallel.ts';
import { createTileRunner } from './tile-runner.ts';
import { planTiles } from '../tiling/plan-tiles.ts';
import { reductionOf } from './reduction-of.ts';
import { restoreAtReducedScale } from './restore-at-reduced-scale.ts';
import { restoreRows } from './restore-rows.ts';
import { trackProgress } from '../runtime/progress-tracker.ts';
import type { ProgressListener } from '../runtime/progress.ts';
import type { Warning } from '../runtime/warning.ts';
import type { RestoredRows } from './restored-rows.ts';
import type { RowSource } from './row-source.ts';
import type { RunResult, WorkingScale } from './run-options.ts';
import type { TileRestorer } from './tile-restorer.ts';

/** How a picture is restored. */
export interface RestorePictureOptions {
  readonly restorer: TileRestorer;
  readonly scale: WorkingScale;
  readonly warn: (warning: Warning) => void;
  /** Side of a tile in pixels; default: from `memory`. */
  readonly tile?: number;
  /** Memory for a session in bytes. Default 1 GiB. */
  readonly memory?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

/** A picture on its way. */
export interface RestoredPicture {
  /** Finished rows from the top, at full size. */
  readonly rows: AsyncIterable<RestoredRows>;
  /** Tiles planned, their size, and how many have kept their input so far. */
  tiles(): RunResult['tiles'];
}

const defaultMemory = 2 ** 30;
/** Bytes of a sample. Window and stitcher hold up to two rows of tiles: one being finished, one being filled. */
const bytesOf = { uint8: 1, uint16: 2, float32: 4 } as const;

/** Plans the tiles of a picture and restores it at the working scale. */
export function restorePicture(source: RowSource, options: RestorePictureOptions): RestoredPicture {
  const { restorer, scale, warn, signal } = options;
  const factor = reductionOf(scale) ?? 1;
  const width = Math.ceil(source.width / factor);
  const height = Math.ceil(source.height / factor);
  const { channels, transfer } = source;
  const type = factor === 1 ? source.type : 'float32';
  const { size, halo, overlap, memory, batch } = restorer;
  const plan = planTiles({
    width, height, size, halo, overlap, batch, tile: options.tile,
    budget: memory && { bytes: options.memory ?? defaultMemory, ...memory },
    rowBytes: 2 * width * (channels * (4 + bytesOf[type]) + (source.alpha ? bytesOf[source.type] : 0)),
  });
  const parallel = chooseParallel(restorer, plan, 2 * channels * (4 + 2 * bytesOf[type]));
  const runner = createTileRunner({ restorer, format: { channels, transfer, type }, plan, parallel, warn });
  const progress = trackProgress(options.onProgress, 'restore', plan.count);
  const restore = (rows: RowSource): AsyncGenerator<RestoredRows> =>
    restoreRows(rows, { plan, runner, parallel, signal, samplesPerTurn: 2 ** 19 / factor ** 2, onTile: () => progress.advance() });
  return {
    rows: factor === 1 ? restore(source) : restoreAtReducedScale(source, factor, restore),
    tiles: () => ({ count: plan.count, width: plan.tileWidth, height: plan.tileHeight, kept: runner.kept }),
  };
}
