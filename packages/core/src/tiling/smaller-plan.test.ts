import { describe, expect, test } from 'vitest';
import { planTiles } from './plan-tiles.ts';
import { smallerPlan, subdivideTile } from './smaller-plan.ts';
import type { TilePlan } from './tile-plan.ts';

const free = { minimum: 16, multipleOf: 8 };
const picture = { width: 2000, height: 1500, halo: 8, overlap: 24 };

describe('smallerPlan', () => {
  test('halves the batch first, then the tile, and ends at the smallest', () => {
    let plan: TilePlan | undefined = planTiles({ ...picture, size: free, batch: 4, budget: { bytes: 1e9, fixedBytes: 0, bytesPerPixel: 100 } });
    const seen: string[] = [];
    for (; plan !== undefined; plan = smallerPlan(plan)) {
      seen.push(`${plan.tileWidth}×${plan.tileHeight}·${plan.batch}`);
      expect(plan.bytes).toBe(100 * plan.batch * plan.tileWidth * plan.tileHeight);
    }
    expect(seen.slice(0, 3)).toEqual(['688×768·4', '688×768·2', '688×768·1']);
    const pixels = seen.slice(2).map((text) => text.split(/[×·]/).map(Number)).map(([width, height]) => width! * height!);
    // The last step may be smaller: it ends at the smallest tile.
    for (let i = 1; i < pixels.length; i++) expect(pixels[i]).toBeLessThanOrEqual(Math.max(pixels[i - 1]! / 2, 32 * 32));
    expect(seen.at(-1)).toBe('32×32·1');
  });

  test('has nothing smaller for a fixed size, except a smaller batch', () => {
    const plan = planTiles({ ...picture, size: { minimum: 256, multipleOf: 64, fixed: { width: 256, height: 256 } }, batch: 2 });
    const single = smallerPlan(plan)!;
    expect([single.tileWidth, single.batch]).toEqual([256, 1]);
    expect(smallerPlan(single)).toBeUndefined();
    expect(subdivideTile(single)).toBeUndefined();
  });
});

describe('subdivideTile', () => {
  test('plans a tile as a picture of its own, down to the smallest', () => {
    const plan = planTiles({ ...picture, size: free });
    let inner = subdivideTile(plan);
    expect([inner!.width, inner!.height]).toEqual([plan.tileWidth, plan.tileHeight]);
    for (let depth = 0; inner !== undefined; depth++) {
      expect(depth).toBeLessThan(8);
      expect(Math.max(inner.tileWidth, inner.tileHeight)).toBeLessThan(Math.max(inner.width, inner.height));
      inner = subdivideTile(inner);
    }
  });
});
