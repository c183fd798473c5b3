import { InvalidArgumentError } from '../errors/index.ts';
import { requireInteger } from './require-integer.ts';

/** One tile along one axis. Positions are picture pixels; intervals are half open. */
export interface AxisTile {
  /** First pixel the tile reads; it reads `tile` pixels from here. ≥ 0. */
  readonly start: number;
  /** First pixel of the result the tile contributes to. */
  readonly from: number;
  /** End of what the tile contributes to. */
  readonly to: number;
  /** Where the tile is blended with the one before: its weight rises from 0 to 1. Empty for the first tile. */
  readonly fadeIn: readonly [from: number, to: number];
  /** Where the tile is blended with the next one: its weight falls from 1 to 0. Empty for the last tile. */
  readonly fadeOut: readonly [from: number, to: number];
}

/** What an axis is planned from, in pixels. */
export interface PlanAxisOptions {
  /** Pixels of the picture along the axis, ≥ 1. */
  readonly length: number;
  /** Pixels of every tile along the axis, ≥ 1. */
  readonly tile: number;
  /** Pixels at a tile's edge that are never shown where a neighbour exists, ≥ 0. */
  readonly halo: number;
  /** Least number of pixels neighbours share, ≥ 2 × halo and, where the picture is longer than a tile, < tile. */
  readonly overlap: number;
  /**
   * Starts are multiples of this, so that a model that reduces the picture by a factor meets the same grid in every tile as
   * in the whole picture, ≥ 1. Default 1.
   */
  readonly step?: number;
}

/** Least number of tiles that cover `length` pixels when neighbours share at least `overlap` pixels. */
export function countTiles(length: number, tile: number, overlap: number): number {
  return length <= tile ? 1 : Math.ceil((length - tile) / (tile - overlap)) + 1;
}

/**
 * Places tiles of one constant size along an axis: the least number such that neighbours share at least `overlap` pixels,
 * starts as evenly spread as `step` allows (distances differ by at most one step), the first tile at the first pixel and the
 * last one ending at the last pixel or less than a step beyond it. A picture shorter than a tile gets one tile from 0. What
 * reaches beyond the picture is to be padded.
 *
 * Neighbours are blended in a strip in the middle of what they share. The strip is `overlap − 2 × halo` wide plus half of
 * what even spreading makes them share beyond `overlap`; the other half becomes additional context on both sides, because
 * results near a tile's edge are the less sure ones and averaging two differing results softens detail. The strip is never
 * wider than the distance between tiles, so at most two tiles meet in any pixel.
 *
 * @returns the tiles in order; their `from … to` cover `0 … length`, overlapping in the blended strips only
 * @throws InvalidArgumentError if a number is out of range
 */
export function planAxis(options: PlanAxisOptions): readonly AxisTile[] {
  const { length, tile, halo, overlap, step = 1 } = options;
  requireInteger('length', length, 1);
  requireInteger('tile', tile, 1);
  requireInteger('halo', halo, 0);
  requireInteger('overlap', overlap, 2 * halo);
  requireInteger('step', step, 1);
  const stride = Math.floor((tile - overlap) / step);
  if (length > tile && stride < 1) {
    throw new InvalidArgumentError(
      `Tiles of ${tile} px cannot cover ${length} px when neighbours share ${overlap} px; use tiles of at least ${overlap + step} px, or a smaller overlap.`,
      { details: { length, tile, halo, overlap } },
    );
  }
  const travel = Math.max(0, Math.ceil((length - tile) / step));
  const count = travel === 0 ? 1 : Math.ceil(travel / stride) + 1;
  const startOf = (index: number): number => (count === 1 ? 0 : Math.floor((index * travel) / (count - 1)) * step);
  const widestStrip = count === 1 ? 0 : Math.floor(travel / (count - 1)) * step;
  const tiles: AxisTile[] = [];
  let fadeIn: readonly [number, number] = [0, 0];
  for (let index = 0; index < count; index++) {
    const start = startOf(index);
    let fadeOut: readonly [number, number] = [length, length];
    if (index + 1 < count) {
      const next = startOf(index + 1);
      const shared = start + tile - next;
      const strip = Math.min(overlap - 2 * halo + Math.floor((shared - overlap) / 2), widestStrip);
      const from = next + Math.floor((shared - strip) / 2);
      fadeOut = [from, from + strip];
    }
    tiles.push({ start, from: fadeIn[0], to: fadeOut[1], fadeIn, fadeOut });
    fadeIn = fadeOut;
  }
  return tiles;
}
