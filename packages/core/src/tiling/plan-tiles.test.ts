import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import type { SizeRule } from '../models/manifest.ts';
import { countTiles, planAxis } from './plan-axis.ts';
import { planTiles } from './plan-tiles.ts';
import type { PlanTilesOptions } from './tile-plan.ts';

const free: SizeRule = { minimum: 16, multipleOf: 8 };

const sizes: fc.Arbitrary<SizeRule> = fc.record({
  minimum: fc.integer({ min: 1, max: 40 }), multipleOf: fc.constantFrom(1, 2, 4, 8, 16, 64), square: fc.boolean(),
});
const pictures = fc
  .record({ width: fc.integer({ min: 1, max: 700 }), height: fc.integer({ min: 1, max: 700 }), size: sizes, halo: fc.integer({ min: 0, max: 12 }), blend: fc.integer({ min: 0, max: 20 }) })
  .map(({ blend, ...rest }) => ({ ...rest, overlap: 2 * rest.halo + blend }));

function violations(options: PlanTilesOptions): string[] {
  const { width, height, size, halo } = options;
  const step = size.multipleOf;
  const overlap = Math.ceil(options.overlap / step) * step;
  const plan = planTiles(options);
  const wrong: string[] = [];
  const check = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(what);
  };
  const axes = [[plan.tileWidth, Math.ceil(width / step) * step], [plan.tileHeight, Math.ceil(height / step) * step]] as const;
  for (const [side, length] of axes) {
    check(side % size.multipleOf === 0 && side >= size.minimum, 'a size the model takes');
    const smaller = side - size.multipleOf;
    const possible = smaller >= size.minimum && smaller > 0 && ((smaller > overlap && smaller > 2 * (step - 1)) || smaller >= length);
    const isNeeded = !possible || countTiles(length, smaller, overlap) > countTiles(length, side, overlap);
    check(isNeeded || size.square === true, 'no larger than the number of tiles needs');
  }
  check(size.square !== true || plan.tileWidth === plan.tileHeight, 'square');
  check(plan.count === plan.columns.length * plan.rows.length, 'count');
  check(plan.padded === (plan.columns.at(-1)!.start + plan.tileWidth > width || plan.rows.at(-1)!.start + plan.tileHeight > height), 'padded');
  check([...plan.columns, ...plan.rows].every(({ start }) => start % step === 0), 'on the grid of the model');
  check(plan.batch >= 1 && plan.batch <= Math.min(plan.count, options.batch ?? 1), 'batch');
  const expected = [planAxis({ length: width, tile: plan.tileWidth, halo, overlap, step }), planAxis({ length: height, tile: plan.tileHeight, halo, overlap, step })];
  check(JSON.stringify(expected) === JSON.stringify([plan.columns, plan.rows]), 'axes');
  if (options.tile !== undefined) check(Math.max(plan.tileWidth, plan.tileHeight) <= options.tile, 'at most the tile asked for');
  else if (options.budget !== undefined) check(plan.bytes! <= options.budget.bytes, 'within budget');
  return wrong;
}

describe('planTiles', () => {
  test('gives the model a size it takes, no larger than needed, whatever the picture', () => {
    fc.assert(fc.property(pictures, fc.integer({ min: 1, max: 9 }), (picture, batch) => void expect(violations({ ...picture, batch })).toEqual([])), { numRuns: 2000 });
  });

  test('stays below a requested tile, or says what is needed', () => {
    fc.assert(
      fc.property(pictures, fc.integer({ min: 1, max: 300 }), (picture, tile) => {
        try {
          expect(violations({ ...picture, tile })).toEqual([]);
        } catch (error) {
          if (!InvalidArgumentError.isInstance(error)) throw error;
          const smallestTile = error.details['smallestTile'] as number;
          expect(smallestTile).toBeGreaterThan(tile);
          expect(violations({ ...picture, tile: smallestTile })).toEqual([]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('stays within a budget, or says what is needed', () => {
    const budgets = fc.record({ bytes: fc.integer({ min: 1000, max: 20_000_000 }), fixedBytes: fc.integer({ min: 0, max: 5000 }), bytesPerPixel: fc.integer({ min: 0, max: 300 }) });
    fc.assert(
      fc.property(pictures, budgets, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 500 }), (picture, budget, batch, rowBytes) => {
        try {
          expect(violations({ ...picture, budget, batch, rowBytes })).toEqual([]);
        } catch (error) {
          if (!InvalidArgumentError.isInstance(error)) throw error;
          const bytes = error.details['neededBytes'] as number;
          expect(bytes).toBeGreaterThan(budget.bytes);
          expect(violations({ ...picture, budget: { ...budget, bytes }, batch, rowBytes })).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('computes no more pixels than any other tile within the budget', () => {
    const small = { width: 150, height: 90, size: { minimum: 8, multipleOf: 4 }, halo: 2, overlap: 6 };
    for (const bytes of [300, 1000, 3000, 7000, 20_000]) {
      const plan = planTiles({ ...small, budget: { bytes, fixedBytes: 100, bytesPerPixel: 1 } });
      let fewest = Infinity;
      for (let width = 8; width <= 152; width += 4) {
        for (let height = 8; height <= 92; height += 4) {
          if (100 + width * height > bytes) continue;
          fewest = Math.min(fewest, countTiles(152, width, 8) * countTiles(92, height, 8) * width * height);
        }
      }
      expect(plan.count * plan.tileWidth * plan.tileHeight).toBe(fewest);
    }
  });

  test('uses the largest tiles where nothing is shared', () => {
    const plan = planTiles({ width: 1024, height: 1024, size: { minimum: 1, multipleOf: 1 }, halo: 0, overlap: 0, budget: { bytes: 512 * 512, fixedBytes: 0, bytesPerPixel: 1 } });
    expect(plan.count).toBe(4);
  });

  test('keeps a fixed size and counts as measured for MAXIM', () => {
    const fixed: SizeRule = { minimum: 256, multipleOf: 64, fixed: { width: 256, height: 256 } };
    const counts = [0, 16, 32, 64].map((overlap) => planTiles({ width: 1280, height: 720, size: fixed, halo: 0, overlap }));
    expect(counts.map((plan) => plan.count)).toEqual([15, 18, 24, 28]);
    for (const plan of counts) expect([plan.tileWidth, plan.tileHeight, plan.padded]).toEqual([256, 256, false]);
    const tiny = planTiles({ width: 1, height: 300, size: fixed, halo: 0, overlap: 32 });
    expect([tiny.tileWidth, tiny.tileHeight, tiny.count, tiny.padded]).toEqual([256, 256, 2, true]);
  });

  test('takes 512 px by default, more where much is shared', () => {
    const plan = planTiles({ width: 4000, height: 3000, size: free, halo: 12, overlap: 32 });
    expect([plan.tileWidth, plan.tileHeight, plan.columns.length, plan.rows.length]).toEqual([480, 456, 9, 7]);
    expect(planTiles({ width: 4000, height: 3000, size: free, halo: 100, overlap: 256 }).tileWidth).toBeGreaterThan(900);
  });

  test('says how many source rows two rows of tiles need', () => {
    const fixed: SizeRule = { minimum: 256, multipleOf: 64, fixed: { width: 256, height: 256 } };
    // Starts 0, 154, 309, 464.
    expect(planTiles({ width: 256, height: 720, size: fixed, halo: 0, overlap: 64 }).windowRows).toBe(309 + 256 - 154);
    expect(planTiles({ width: 256, height: 200, size: fixed, halo: 0, overlap: 64 }).windowRows).toBe(200);
  });

  test('makes one tile of one pixel', () => {
    expect(planTiles({ width: 1, height: 1, size: free, halo: 12, overlap: 32 })).toMatchObject({ tileWidth: 16, tileHeight: 16, count: 1, padded: true });
  });

  test('plans lines of 20000 pixels', () => {
    for (const [width, height] of [[20000, 1], [1, 20000]] as const) {
      expect(violations({ width, height, size: free, halo: 12, overlap: 32 })).toEqual([]);
      expect(violations({ width, height, size: free, halo: 12, overlap: 32, budget: { bytes: 1e6, fixedBytes: 0, bytesPerPixel: 500 } })).toEqual([]);
    }
  });

  test('reduces the batch to what the budget allows', () => {
    const fixed: SizeRule = { minimum: 64, multipleOf: 1, fixed: { width: 64, height: 64 } };
    const options = { width: 900, height: 900, size: fixed, halo: 0, overlap: 0, batch: 8 };
    expect(planTiles({ ...options, budget: { bytes: 3 * 4096 + 50, fixedBytes: 40, bytesPerPixel: 1 } })).toMatchObject({ batch: 3, bytes: 3 * 4096 + 40 });
    expect(planTiles(options).batch).toBe(8);
    expect(() => planTiles({ ...options, budget: { bytes: 4096, fixedBytes: 40, bytesPerPixel: 1 } })).toThrow(/64×64 px, needs about 1 MB/);
    // A requested tile is kept whatever the budget; `bytes` tells.
    const requested = planTiles({ ...options, size: free, tile: 64, budget: { bytes: 4096, fixedBytes: 40, bytesPerPixel: 10 } });
    expect(requested.batch).toBe(1);
    expect(requested.bytes).toBeGreaterThan(4096);
  });

  test.each([
    [{ width: 0 }, /width is 0/],
    [{ height: 2.5 }, /height is 2.5/],
    [{ halo: 20 }, /overlap is 32; it must be a whole number ≥ 40/],
    [{ tile: 32 }, /tile is 32, which is too small.*Use 40 or more/],
    [{ tile: -5 }, /tile is -5/],
    [{ batch: 0 }, /batch is 0/],
    [{ rowBytes: -1 }, /rowBytes is -1/],
    [{ budget: { bytes: Number.NaN, fixedBytes: 0, bytesPerPixel: 0 } }, /budget.bytes is NaN/],
    [{ size: { minimum: 0, multipleOf: 1 } }, /size.minimum is 0/],
    [{ size: { minimum: 256, multipleOf: 64, fixed: { width: 256, height: 256 } }, tile: 128 }, /256×256 px only; leave it out/],
    [{ size: { minimum: 32, multipleOf: 32, fixed: { width: 32, height: 32 } } }, /at least 33 px, or a smaller overlap/],
  ])('refuses %j', (change, message) => {
    const options = { width: 400, height: 300, size: free, halo: 12, overlap: 32, ...change };
    expect(() => planTiles(options)).toThrow(InvalidArgumentError);
    expect(() => planTiles(options)).toThrow(message);
  });
});
