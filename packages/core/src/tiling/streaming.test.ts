import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PixelImage } from '../image/pixel-image.ts';
import { batches } from './batches.ts';
import { planTiles } from './plan-tiles.ts';
import { createRowWindow } from './row-window.ts';
import { subdivideTile } from './smaller-plan.ts';
import { createStitcher } from './stitcher.ts';
import type { PlanTilesOptions, TilePlan } from './tile-plan.ts';

type Network = (tile: Float32Array, width: number, height: number) => Float32Array;

function picture(width: number, height: number, channels: 1 | 3, seed: number): PixelImage {
  let state = seed;
  const data = Float32Array.from({ length: width * height * channels }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
  return { width, height, channels, data, transfer: 'linear' };
}

/** Runs a network tile by tile, rows coming in bands of varying height and going as soon as they can. */
function runTiled(image: PixelImage, plan: TilePlan, network: Network, bandRows: () => number): Float32Array {
  const { width, height, channels } = image;
  const window = createRowWindow({ width, height, channels, type: 'float32' });
  const stitcher = createStitcher(plan, channels);
  const result = new Float32Array(image.data.length).fill(Number.NaN);
  let largestBand = 0;
  for (const [{ column, row, x, y }] of batches(plan, 1) as Generator<readonly [{ column: number; row: number; x: number; y: number }]>) {
    window.dropBefore(Math.min(stitcher.y, y));
    while (window.to < Math.min(height, y + plan.tileHeight)) {
      const rows = Math.min(bandRows(), height - window.to);
      largestBand = Math.max(largestBand, rows);
      const data = image.data.slice(window.to * width * channels, (window.to + rows) * width * channels);
      window.push({ ...image, height: rows, data });
    }
    const tile = new Float32Array(plan.tileWidth * plan.tileHeight * channels);
    window.extract({ x, y, width: plan.tileWidth, height: plan.tileHeight }, tile);
    stitcher.add(column, row, network(tile, plan.tileWidth, plan.tileHeight));
    for (let rows = stitcher.take(7); rows !== undefined; rows = stitcher.take(7)) result.set(rows.data, rows.y * width * channels);
  }
  expect(stitcher.done).toBe(true);
  expect(window.capacity).toBeLessThanOrEqual(1.5 * (plan.tileHeight + largestBand));
  return result;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    // NaN counts as a difference.
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}

const identity: Network = (tile) => tile;

/** 5×5 correlation with zeros beyond the tile, channels interleaved; halo 2. */
function convolve(channels: number): Network {
  const kernel = Array.from({ length: 25 }, (_, i) => ((i * 7) % 11) / 11 - 0.4);
  return (tile, width, height) => {
    const result = new Float32Array(tile.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let channel = 0; channel < channels; channel++) {
          let sum = 0;
          for (let dy = -2; dy <= 2; dy++) {
            for (let dx = -2; dx <= 2; dx++) {
              if (y + dy < 0 || y + dy >= height || x + dx < 0 || x + dx >= width) continue;
              sum += kernel[(dy + 2) * 5 + dx + 2]! * tile[((y + dy) * width + x + dx) * channels + channel]!;
            }
          }
          result[(y * width + x) * channels + channel] = sum;
        }
      }
    }
    return result;
  };
}

const bands = fc.infiniteStream(fc.integer({ min: 1, max: 20 }));
const next = (stream: { next(): { value: number } }) => (): number => stream.next().value;

describe('tiles of a streamed picture', () => {
  test('put together unchanged are the picture', () => {
    const settings = fc.record({
      width: fc.integer({ min: 1, max: 80 }), height: fc.integer({ min: 1, max: 80 }), channels: fc.constantFrom<1 | 3>(1, 3), halo: fc.integer({ min: 0, max: 4 }),
      blend: fc.integer({ min: 0, max: 9 }), stride: fc.integer({ min: 8, max: 40 }), multipleOf: fc.constantFrom(1, 2, 8), square: fc.boolean(),
    });
    fc.assert(
      fc.property(settings, bands, fc.integer(), ({ width, height, channels, halo, blend, stride, multipleOf, square }, stream, seed) => {
        const overlap = 2 * halo + blend;
        const plan = planTiles({ width, height, size: { minimum: 1, multipleOf, square }, halo, overlap, tile: overlap + 2 * multipleOf + stride });
        const image = picture(width, height, channels, seed);
        expect(largestDifference(runTiled(image, plan, identity, next(stream)), image.data)).toBeLessThanOrEqual(1e-6);
      }),
      { numRuns: 1500 },
    );
  });

  test.each<[string, number, number, Partial<PlanTilesOptions>]>([
    ['a single pixel', 1, 1, {}],
    ['a single pixel in a fixed tile', 1, 1, { size: { minimum: 256, multipleOf: 64, fixed: { width: 256, height: 256 } } }],
    ['a line of 20000 pixels', 20000, 1, {}],
    ['a column of 20000 pixels', 1, 20000, {}],
    ['a line of 20000 pixels in fixed tiles', 20000, 1, { size: { minimum: 256, multipleOf: 64, fixed: { width: 256, height: 256 } } }],
    ['fixed tiles of 256', 700, 521, { size: { minimum: 256, multipleOf: 64, fixed: { width: 256, height: 256 } } }],
    ['fixed tiles wider than high', 700, 521, { size: { minimum: 64, multipleOf: 64, fixed: { width: 256, height: 64 } } }],
  ])('%s comes back', (_, width, height, change) => {
    const plan = planTiles({ width, height, size: { minimum: 16, multipleOf: 8 }, halo: 6, overlap: 32, ...change });
    const image = picture(width, height, 3, 5);
    expect(largestDifference(runTiled(image, plan, identity, () => 16), image.data)).toBeLessThanOrEqual(1e-6);
  });

  test('filtered with a halo as wide as the filter reaches equal the filtered picture', () => {
    const settings = fc.record({ width: fc.integer({ min: 24, max: 70 }), height: fc.integer({ min: 24, max: 70 }), blend: fc.integer({ min: 0, max: 6 }), channels: fc.constantFrom<1 | 3>(1, 3) });
    fc.assert(
      fc.property(settings, bands, fc.integer(), ({ width, height, blend, channels }, stream, seed) => {
        const plan = planTiles({ width, height, size: { minimum: 1, multipleOf: 1 }, halo: 2, overlap: 4 + blend, tile: 20 });
        const image = picture(width, height, channels, seed);
        const network = convolve(channels);
        const whole = network(image.data as Float32Array, width, height);
        expect(largestDifference(runTiled(image, plan, network, next(stream)), whole)).toBeLessThanOrEqual(1e-6);
      }),
      { numRuns: 60 },
    );
  });

  test('filtered on a grid of 2 pixels equal the filtered picture', () => {
    const settings = fc.record({ width: fc.integer({ min: 12, max: 40 }), height: fc.integer({ min: 12, max: 40 }), blend: fc.integer({ min: 0, max: 6 }) });
    // Each pixel takes on the first one of its 2×2 block, as in a network that begins with a pixel-unshuffle.
    const blocks: Network = (tile, width) => tile.map((_, i) => tile[i - (i % width) % 2 - (Math.floor(i / width) % 2) * width]!);
    fc.assert(
      fc.property(settings, bands, fc.integer(), ({ width, height, blend }, stream, seed) => {
        const plan = planTiles({ width: 2 * width, height: 2 * height, size: { minimum: 2, multipleOf: 2 }, halo: 2, overlap: 4 + blend, tile: 20 });
        const image = picture(2 * width, 2 * height, 1, seed);
        const whole = blocks(image.data as Float32Array, 2 * width, 2 * height);
        expect(largestDifference(runTiled(image, plan, blocks, next(stream)), whole)).toBeLessThanOrEqual(1e-6);
      }),
      { numRuns: 60 },
    );
  });

  test('filtered with too small a halo differ (the test above can fail)', () => {
    const plan = planTiles({ width: 60, height: 60, size: { minimum: 1, multipleOf: 1 }, halo: 1, overlap: 2, tile: 20 });
    const image = picture(60, 60, 1, 3);
    const network = convolve(1);
    expect(largestDifference(runTiled(image, plan, network, () => 8), network(image.data as Float32Array, 60, 60))).toBeGreaterThan(0.01);
  });

  test('put together from subdivided tiles are the same', () => {
    const plan = planTiles({ width: 92, height: 76, size: { minimum: 8, multipleOf: 4 }, halo: 2, overlap: 6, tile: 40 });
    const inner = subdivideTile(plan)!;
    const network = convolve(3);
    const nested: Network = (tile, width, height) => runTiled({ width, height, channels: 3, data: tile, transfer: 'linear' }, inner, network, () => 8);
    const image = picture(92, 76, 3, 11);
    const whole = network(image.data as Float32Array, 92, 76);
    expect(largestDifference(runTiled(image, plan, nested, () => 8), whole)).toBeLessThanOrEqual(1e-6);
  });
});
