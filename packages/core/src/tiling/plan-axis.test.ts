import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { planAxis } from './plan-axis.ts';
import type { PlanAxisOptions } from './plan-axis.ts';

/** Any axis that can be planned, with much weight on awkward ones: overlaps beyond half a tile, one pixel too long, … */
const axes: fc.Arbitrary<PlanAxisOptions> = fc
  .record({ halo: fc.integer({ min: 0, max: 40 }), blend: fc.integer({ min: 0, max: 60 }), stride: fc.integer({ min: 1, max: 300 }), step: fc.constantFrom(1, 1, 2, 8, 64) })
  .chain(({ halo, blend, stride: more, step }) => {
    const overlap = 2 * halo + blend;
    const tile = overlap + step + more - 1;
    const stride = Math.floor((tile - overlap) / step) * step;
    const length = fc.oneof(
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 1, max: 12 }).chain((count) => fc.integer({ min: -1, max: 1 }).map((d) => Math.max(1, tile + count * stride + d))),
      fc.integer({ min: -1, max: 1 }).map((d) => Math.max(1, tile + d)),
    );
    return fc.record({ length, tile: fc.constant(tile), halo: fc.constant(halo), overlap: fc.constant(overlap), step: fc.constant(step) });
  });

/** What is wrong with the tiles of an axis; empty when nothing is. */
function violations(options: PlanAxisOptions): string[] {
  const { length, tile, halo, overlap, step = 1 } = options;
  const tiles = planAxis(options);
  const count = tiles.length;
  const wrong: string[] = [];
  const check = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(what);
  };
  check(tiles[0]!.start === 0 && tiles[0]!.from === 0, 'begins at 0');
  check(tiles[count - 1]!.to === length, 'ends at the last pixel');
  const beyond = tiles[count - 1]!.start + tile - length;
  check(length > tile ? beyond >= 0 && beyond < step : count === 1, 'last tile ends with the picture');
  // With one tile less, neighbours that share `overlap` reach no further than this.
  check(count === 1 || tile + (count - 2) * Math.floor((tile - overlap) / step) * step < length, 'least number');
  const steps = tiles.slice(1).map((t, i) => t.start - tiles[i]!.start);
  for (const distance of steps) check(distance >= 1 && tile - distance >= overlap, 'shares the overlap');
  check(Math.max(0, ...steps) - Math.min(Infinity, ...steps) <= step, 'evenly spread');
  check(tiles.every(({ start }) => start % step === 0), 'on the grid');
  tiles.forEach((t, i) => {
    check(t.fadeIn[0] === t.from && t.fadeOut[1] === t.to, 'fades are the ends');
    check(t.fadeIn[0] <= t.fadeIn[1] && t.fadeIn[1] <= t.fadeOut[0] && t.fadeOut[0] <= t.fadeOut[1], 'at most two in a pixel');
    check(t.from < t.fadeOut[0], 'finishes rows of its own');
    check(i === 0 || (t.fadeIn[0] === tiles[i - 1]!.fadeOut[0] && t.fadeIn[1] === tiles[i - 1]!.fadeOut[1]), 'neighbours fade alike');
    check(i === 0 || t.from - t.start >= halo, 'context before');
    check(i === count - 1 || t.start + tile - t.to >= halo, 'context after');
  });
  return wrong;
}

describe('planAxis', () => {
  test('covers exactly, with the least number of evenly spread tiles, at most two in any pixel, each with context', () => {
    fc.assert(fc.property(axes, (options) => void expect(violations(options)).toEqual([])), { numRuns: 5000 });
  });

  test('blends what exceeds the halo, and half of what even spreading adds', () => {
    const exact = planAxis({ length: 448, tile: 256, halo: 8, overlap: 64 });
    expect(exact).toEqual([
      { start: 0, from: 0, to: 248, fadeIn: [0, 0], fadeOut: [200, 248] },
      { start: 192, from: 200, to: 448, fadeIn: [200, 248], fadeOut: [448, 448] },
    ]);
    const surplus = planAxis({ length: 408, tile: 256, halo: 8, overlap: 64 });
    // 104 px shared: 48 + 20 blended, 18 px of context on either side.
    expect(surplus[0]!.fadeOut).toEqual([170, 238]);
  });

  test('joins without a blend where the overlap is all halo', () => {
    expect(planAxis({ length: 448, tile: 256, halo: 32, overlap: 64 })[0]!.fadeOut).toEqual([224, 224]);
  });

  test.each([
    [{ length: 0, tile: 8, halo: 0, overlap: 0 }, /length is 0/],
    [{ length: 8.5, tile: 8, halo: 0, overlap: 0 }, /length is 8.5/],
    [{ length: 9, tile: 0, halo: 0, overlap: 0 }, /tile is 0/],
    [{ length: 9, tile: 8, halo: -1, overlap: 0 }, /halo is -1/],
    [{ length: 9, tile: 8, halo: 2, overlap: 3 }, /overlap is 3; it must be a whole number ≥ 4/],
    [{ length: 9, tile: 8, halo: 4, overlap: 8 }, /use tiles of at least 9 px/],
    [{ length: 9, tile: 8, halo: 0, overlap: 7, step: 2 }, /use tiles of at least 9 px/],
    [{ length: 9, tile: 8, halo: 0, overlap: 0, step: 0 }, /step is 0/],
    [{ length: Number.NaN, tile: 8, halo: 4, overlap: 8 }, /length is NaN/],
  ])('refuses %j', (options, message) => {
    expect(() => planAxis(options)).toThrow(InvalidArgumentError);
    expect(() => planAxis(options)).toThrow(message);
  });
});
