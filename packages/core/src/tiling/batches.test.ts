import { expect, test } from 'vitest';
import { batches } from './batches.ts';
import { planTiles } from './plan-tiles.ts';

test('gives every tile once, in order, with its place', () => {
  const plan = planTiles({ width: 100, height: 70, size: { minimum: 8, multipleOf: 8 }, halo: 2, overlap: 8, tile: 32, batch: 3 });
  for (const size of [1, 2, 3, 100]) {
    const all = [...batches(plan, size)];
    for (const batch of all.slice(0, -1)) expect(batch).toHaveLength(size === 100 ? plan.count : size);
    const tiles = all.flat();
    expect(tiles.map((tile) => tile.index)).toEqual(Array.from({ length: plan.count }, (_, i) => i));
    for (const tile of tiles) {
      expect(tile.index).toBe(tile.row * plan.columns.length + tile.column);
      expect([tile.x, tile.y]).toEqual([plan.columns[tile.column]!.start, plan.rows[tile.row]!.start]);
    }
  }
  expect([...batches(plan)][0]).toHaveLength(3);
  expect(() => [...batches(plan, 0)]).toThrow(/size is 0/);
});
