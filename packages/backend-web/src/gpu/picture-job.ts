import { batches, raisedCosine } from '@deblur/core';
import { placeBytes } from './shaders/gather-tile.wgsl.ts';
import type { AxisTile, TilePlan, TilePosition } from '@deblur/core';
import type { TileCode } from './tile-code.ts';

/** What a worker is to do with a picture; plain data. */
export interface PictureJob {
  /** Equal for equal jobs of one restorer. */
  readonly id: string;
  readonly code: TileCode;
  readonly width: number;
  readonly height: number;
  /** Number of tiles. */
  readonly tiles: number;
  readonly columns: number;
  /** `Place` of the shaders for each tile. */
  readonly places: Int32Array<ArrayBuffer>;
  /** Weight of each pixel of a tile along x, for each column of tiles; likewise along y. */
  readonly columnWeights: Float32Array<ArrayBuffer>;
  readonly rowWeights: Float32Array<ArrayBuffer>;
  /** Rows of the picture that are finished with each row of tiles, as [first, end). */
  readonly finished: readonly (readonly [first: number, end: number])[];
  /** Rows the accumulator must hold. */
  readonly ring: number;
  /** How much of the change is applied, 0 … 1. */
  readonly strength: number;
}

/** Puts a plan into the form of the shaders. */
export function createPictureJob(plan: TilePlan, code: TileCode, strength: number): PictureJob {
  const { width, height, columns, rows, count } = plan;
  const ring = Math.max(...rows.map(({ from, to }) => to - from));
  const places = new Int32Array((count * placeBytes) / 4);
  for (const place of [...batches(plan, 1)].flat()) {
    places.set(placeOf(place, columns[place.column]!, rows[place.row]!, ring), (place.index * placeBytes) / 4);
  }
  return {
    id: JSON.stringify([width, height, strength, code.id]),
    code, width, height, tiles: count, columns: columns.length, places, ring, strength,
    columnWeights: axisWeights(columns, plan.tileWidth), rowWeights: axisWeights(rows, plan.tileHeight),
    finished: rows.map(({ from, fadeOut, to }, index) => [from, index + 1 < rows.length ? fadeOut[0] : to]),
  };
}

function placeOf({ index, column, row, x, y }: TilePosition, across: AxisTile, down: AxisTile, ring: number): readonly number[] {
  return [x, y, across.from, down.from, across.to, down.to, across.fadeIn[1], down.fadeIn[1], column, row, index, ring];
}

/** The weights of core's stitcher: neighbours' add up to exactly 1. */
function axisWeights(tiles: readonly AxisTile[], side: number): Float32Array<ArrayBuffer> {
  const weights = new Float32Array(tiles.length * side);
  tiles.forEach(({ start, from, to, fadeIn, fadeOut }, index) => {
    const first = index * side - start;
    weights.fill(1, first + from, first + to);
    weights.set(raisedCosine(fadeIn[1] - fadeIn[0]), first + fadeIn[0]);
    weights.set(raisedCosine(fadeOut[1] - fadeOut[0]).map((weight) => 1 - weight), first + fadeOut[0]);
  });
  return weights;
}
