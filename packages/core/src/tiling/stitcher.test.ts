import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { batches } from './batches.ts';
import type { TilePosition } from './batches.ts';
import { planTiles } from './plan-tiles.ts';
import { createStitcher } from './stitcher.ts';
import type { Stitcher } from './stitcher.ts';
import type { TilePlan } from './tile-plan.ts';

const plans: fc.Arbitrary<TilePlan> = fc
  .record({
    width: fc.integer({ min: 1, max: 90 }), height: fc.integer({ min: 1, max: 90 }), halo: fc.integer({ min: 0, max: 4 }), blend: fc.integer({ min: 0, max: 9 }),
    multipleOf: fc.constantFrom(1, 2, 4), square: fc.boolean(), stride: fc.integer({ min: 6, max: 30 }),
  })
  .map(({ width, height, halo, blend, multipleOf, square, stride }) => {
    const overlap = 2 * halo + blend;
    return planTiles({ width, height, size: { minimum: 1, multipleOf, square }, halo, overlap, tile: overlap + 2 * multipleOf + stride });
  });

/** A tile whose values depend on which tile it is, so that blending shows. */
function noisyTile(plan: TilePlan, channels: number, index: number): Float32Array {
  let state = index * 7919 + 12345;
  const tile = new Float32Array(plan.tileWidth * plan.tileHeight * channels);
  for (let i = 0; i < tile.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    tile[i] = state / 2 ** 32;
  }
  return tile;
}

function stitch(plan: TilePlan, channels: number, order: readonly TilePosition[], tile: (position: TilePosition) => Float32Array, maxRows?: number): { result: Float32Array; stitcher: Stitcher } {
  const stitcher = createStitcher(plan, channels);
  const result = new Float32Array(plan.width * plan.height * channels).fill(Number.NaN);
  let y = 0;
  for (const position of order) {
    stitcher.add(position.column, position.row, tile(position));
    for (let rows = stitcher.take(maxRows); rows !== undefined; rows = stitcher.take(maxRows)) {
      if (rows.y !== y || rows.rows < 1 || rows.data.length !== rows.rows * plan.width * channels) throw new Error(`wrong rows at ${y}`);
      result.set(rows.data, y * plan.width * channels);
      y += rows.rows;
      if (stitcher.y !== y) throw new Error(`the stitcher is at ${stitcher.y}, not ${y}`);
    }
  }
  expect(y).toBe(plan.height);
  expect(stitcher.done).toBe(true);
  return { result, stitcher };
}

/** Mixes tiles as far as the stitcher allows: each row's tiles among themselves and with those of the next row. */
function shuffled(plan: TilePlan, random: () => number): TilePosition[] {
  const waiting = [...batches(plan, 1)].map((batch) => batch[0]!);
  const order: TilePosition[] = [];
  while (waiting.length > 0) {
    const current = Math.min(...waiting.map((tile) => tile.row));
    const allowed = waiting.filter((tile) => tile.row <= current + 1);
    const chosen = allowed[Math.floor(random() * allowed.length)]!;
    order.push(chosen);
    waiting.splice(waiting.indexOf(chosen), 1);
  }
  return order;
}

const inOrder = (plan: TilePlan): TilePosition[] => [...batches(plan, 1)].flat();

describe('createStitcher', () => {
  test('weights of every pixel add up to 1', () => {
    fc.assert(
      fc.property(plans, fc.constantFrom(1, 3), (plan, channels) => {
        const ones = new Float32Array(plan.tileWidth * plan.tileHeight * channels).fill(1);
        const { result } = stitch(plan, channels, inOrder(plan), () => ones);
        expect(result.every((value) => Math.abs(value - 1) <= 1e-6)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('never shows the halo where there is a neighbour', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { halo } = plan.options;
        const { result } = stitch(plan, 1, inOrder(plan), ({ column, row }) => {
          const tile = new Float32Array(plan.tileWidth * plan.tileHeight);
          const isInner = (at: number, side: number, index: number, count: number): boolean => (index === 0 || at >= halo) && (index === count - 1 || at < side - halo);
          for (let i = 0; i < tile.length; i++) {
            const shown = isInner(i % plan.tileWidth, plan.tileWidth, column, plan.columns.length) && isInner(Math.floor(i / plan.tileWidth), plan.tileHeight, row, plan.rows.length);
            tile[i] = shown ? 1 : Number.NaN;
          }
          return tile;
        });
        expect(result.every((value) => Math.abs(value - 1) <= 1e-6)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('gives the same result, bit by bit, in whatever order tiles come and rows are taken, in bounded memory', () => {
    fc.assert(
      fc.property(plans, fc.infiniteStream(fc.double({ min: 0, max: 0.999999, noNaN: true })), fc.integer({ min: 1, max: 9 }), (plan, stream, maxRows) => {
        const tile = (position: TilePosition): Float32Array => noisyTile(plan, 3, position.index);
        const ordered = stitch(plan, 3, inOrder(plan), tile);
        const mixed = stitch(plan, 3, shuffled(plan, () => stream.next().value as number), tile, maxRows);
        expect(mixed.result.every((value, i) => value === ordered.result[i])).toBe(true);
        const strip = Math.max(...plan.rows.map((row) => row.fadeOut[1] - row.fadeOut[0]));
        const rowBytes = plan.width * 3 * 4;
        expect(ordered.stitcher.bytes).toBeLessThanOrEqual((plan.tileHeight + 2 * strip) * rowBytes);
        expect(mixed.stitcher.bytes).toBeLessThanOrEqual((2 * plan.tileHeight + 3 * strip) * rowBytes);
      }),
      { numRuns: 500 },
    );
  });

  test('blends with a raised cosine', () => {
    const plan = planTiles({ width: 28, height: 1, size: { minimum: 1, multipleOf: 1 }, halo: 2, overlap: 8, tile: 18 });
    const { result } = stitch(plan, 1, inOrder(plan), ({ column }) => new Float32Array(18).fill(column));
    const wave = [0, 1, 2, 3].map((k) => 0.5 - 0.5 * Math.cos((Math.PI * (k + 0.5)) / 4));
    const expected = [...Array<number>(12).fill(0), ...wave, ...Array<number>(12).fill(1)];
    expected.forEach((value, i) => expect(result[i]).toBeCloseTo(value, 6));
  });

  test('takes rows into a target and in chunks of bounded size by default', () => {
    const plan = planTiles({ width: 20000, height: 200, size: { minimum: 256, multipleOf: 1, fixed: { width: 20000, height: 256 } }, halo: 0, overlap: 0 });
    const stitcher = createStitcher(plan, 3);
    stitcher.add(0, 0, new Float32Array(20000 * 256 * 3).fill(0.25));
    const target = new Float32Array(60000 * 20);
    const first = stitcher.take(undefined, target)!;
    expect(first.rows).toBe(17);
    expect(first.data.buffer).toBe(target.buffer);
    expect([target[0], target[17 * 60000 - 1], target[17 * 60000]]).toEqual([0.25, 0.25, 0]);
    expect(stitcher.take(5)).toMatchObject({ y: 17, rows: 5 });
    expect(() => stitcher.take(30, target)).toThrow(/1200000 samples; 1800000 are needed for 30 rows/);
    expect(stitcher.y).toBe(22);
  });

  test('refuses tiles that are wrong, come twice or come too early', () => {
    const plan = planTiles({ width: 10, height: 40, size: { minimum: 8, multipleOf: 1 }, halo: 0, overlap: 0, tile: 8 });
    expect([plan.columns.length, plan.rows.length]).toEqual([2, 5]);
    const stitcher = createStitcher(plan, 1);
    const tile = new Float32Array(64);
    const refused = (column: number, row: number, data: Float32Array, message: RegExp): void => {
      expect(() => stitcher.add(column, row, data)).toThrow(InvalidArgumentError);
      expect(() => stitcher.add(column, row, data)).toThrow(message);
    };
    refused(0, 0, new Float32Array(63), /63 samples; 8×8×1 = 64/);
    refused(2, 0, tile, /column is 2/);
    refused(0, 2, tile, /at most one row ahead/);
    stitcher.add(1, 0, tile);
    refused(1, 0, tile, /was added before/);
    expect(stitcher.take()).toBeUndefined();
    stitcher.add(0, 1, tile);
    stitcher.add(0, 0, tile);
    refused(0, 2, tile, /row 0 of 5 is unfinished or not taken/);
    expect(stitcher.take()).toMatchObject({ y: 0, rows: 8 });
    stitcher.add(0, 2, tile);
    refused(1, 0, tile, /was added before/);
    expect(stitcher.take()).toBeUndefined();
    expect(() => stitcher.take(0)).toThrow(/maxRows is 0/);
    expect(() => createStitcher(plan, 0)).toThrow(/channels is 0/);
  });
});
