import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import type { PixelImage, SampleArray, SampleType } from '../image/pixel-image.ts';
import { allocateSamples } from '../image/samples.ts';
import { reflectIndex } from './reflect-index.ts';
import { createRowWindow } from './row-window.ts';

/** Every sample differs from its neighbours and says where it is from. */
function sampleAt(type: SampleType, x: number, y: number, channel: number): number {
  const value = (y * 131 + x * 17 + channel * 5) % 251;
  if (type === 'uint8') return value;
  return type === 'uint16' ? value * 257 : value / 256;
}

function band(type: SampleType, width: number, channels: 1 | 3, y: number, height: number, alpha: boolean): PixelImage {
  const data = allocateSamples(type, width * height * channels);
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / channels);
    data[i] = sampleAt(type, pixel % width, y + Math.floor(pixel / width), i % channels);
  }
  const opacity = allocateSamples(type, width * height);
  for (let i = 0; i < opacity.length; i++) opacity[i] = sampleAt(type, i % width, y + Math.floor(i / width), 7);
  return { width, height, channels, data, transfer: 'srgb', ...(alpha ? { alpha: opacity } : {}) };
}

const pictures = fc.record({
  type: fc.constantFrom<SampleType>('uint8', 'uint16', 'float32'),
  channels: fc.constantFrom<1 | 3>(1, 3),
  width: fc.integer({ min: 1, max: 25 }),
  height: fc.integer({ min: 1, max: 60 }),
  alpha: fc.boolean(),
});

describe('createRowWindow', () => {
  test('copies regions with reflection beyond the edges, and rows and alpha unchanged, while rows come and go', () => {
    const steps = fc.array(fc.record({ band: fc.integer({ min: 1, max: 9 }), drop: fc.integer({ min: 0, max: 12 }) }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(pictures, steps, fc.integer({ min: 0, max: 20 }), (picture, moves, rows) => {
        const { type, channels, width, height, alpha } = picture;
        const window = createRowWindow({ ...picture, rows });
        let most = Math.min(rows, height);
        let mismatches = 0;
        for (const move of moves) {
          if (window.to === height) break;
          const count = Math.min(move.band, height - window.to);
          most = Math.max(most, window.to + count - window.from);
          window.push(band(type, width, channels, window.to, count, alpha));
          const { from, to } = window;
          const held = to - from;
          const copied = window.rows(from, held);
          const opacity = window.alphaRows(from, held);
          expect(opacity === undefined).toBe(!alpha);
          const region = { x: 0, y: from, width: width + 3, height: to === height ? held + 2 : held };
          // Rows reflected at the bottom are held only if enough rows are.
          if (to === height && held < 3 && from > 0) region.height = held;
          const target = allocateSamples(type, region.width * region.height * channels);
          window.extract(region, target);
          for (let i = 0; i < target.length; i++) {
            const pixel = Math.floor(i / channels);
            const x = reflectIndex(region.x + (pixel % region.width), width);
            const y = reflectIndex(region.y + Math.floor(pixel / region.width), height);
            if (target[i] !== sampleAt(type, x, y, i % channels)) mismatches++;
          }
          for (let i = 0; i < held * width; i++) {
            const x = i % width;
            const y = from + Math.floor(i / width);
            for (let channel = 0; channel < channels; channel++) {
              if (copied[i * channels + channel] !== sampleAt(type, x, y, channel)) mismatches++;
            }
            if (opacity !== undefined && opacity[i] !== sampleAt(type, x, y, 7)) mismatches++;
          }
          expect(window.capacity).toBeLessThanOrEqual(Math.max(Math.min(rows, height), Math.floor(1.5 * most)));
          window.dropBefore(from + move.drop);
        }
        expect(mismatches).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test('reflects on every side, again and again', () => {
    for (const [width, height] of [[1, 1], [2, 1], [1, 3], [3, 2], [5, 4]] as const) {
      const window = createRowWindow({ width, height, channels: 3, type: 'uint8' });
      window.push(band('uint8', width, 3, 0, height, false));
      const region = { x: -9, y: -7, width: 31, height: 26 };
      const target = new Uint8Array(31 * 26 * 3);
      window.extract(region, target);
      const expected = target.map((_, i) => {
        const pixel = Math.floor(i / 3);
        return sampleAt('uint8', reflectIndex((pixel % 31) - 9, width), reflectIndex(Math.floor(pixel / 31) - 7, height), i % 3);
      });
      expect(target).toEqual(expected);
    }
  });

  test('copies a region wholly beside the picture', () => {
    const window = createRowWindow({ width: 4, height: 1, channels: 1, type: 'uint8' });
    window.push({ width: 4, height: 1, channels: 1, data: Uint8Array.of(10, 11, 12, 13), transfer: 'srgb' });
    const target = new Uint8Array(3);
    window.extract({ x: 4, y: 0, width: 3, height: 1 }, target);
    expect([...target]).toEqual([12, 11, 10]);
    window.extract({ x: -3, y: 5, width: 3, height: 1 }, target);
    expect([...target]).toEqual([13, 12, 11]);
  });

  test('copies bands and hands out copies', () => {
    const window = createRowWindow({ width: 2, height: 2, channels: 1, type: 'float32' });
    const data = Float32Array.of(1, 2, 3, 4);
    window.push({ width: 2, height: 2, channels: 1, data, transfer: 'linear' });
    data.fill(0);
    const out: SampleArray = window.rows(0, 2);
    expect([...out]).toEqual([1, 2, 3, 4]);
    out.fill(9);
    const target = new Float32Array(5);
    expect([...window.rows(1, 1, target)]).toEqual([3, 4]);
    expect([...target]).toEqual([3, 4, 0, 0, 0]);
  });

  test('allocates what was asked for and no more while that is enough', () => {
    const window = createRowWindow({ width: 10, height: 1000, channels: 3, type: 'uint8', alpha: true, rows: 48 });
    expect(window.bytes).toBe(48 * 40);
    while (window.to < 1000) {
      window.push(band('uint8', 10, 3, window.to, Math.min(16, 1000 - window.to), true));
      window.dropBefore(window.to - 32);
    }
    expect([window.capacity, window.bytes]).toEqual([48, 48 * 40]);
    expect(createRowWindow({ width: 10, height: 5, channels: 3, type: 'uint8', rows: 48 }).capacity).toBe(5);
  });

  test('says which row is missing', () => {
    const window = createRowWindow({ width: 4, height: 20, channels: 1, type: 'uint8' });
    const target = new Uint8Array(100);
    expect(() => window.rows(0, 1)).toThrow(/Row 0 is needed but only 0 rows have come; push more/);
    window.push(band('uint8', 4, 1, 0, 10, false));
    window.dropBefore(4);
    expect(() => window.extract({ x: 0, y: 3, width: 4, height: 5 }, target)).toThrow(/Row 3 is needed but rows above 4 were dropped/);
    expect(() => window.extract({ x: 0, y: 5, width: 4, height: 6 }, target)).toThrow(/Row 10 is needed but only 10 rows have come/);
    window.dropBefore(100);
    expect(window.from).toBe(10);
    window.push(band('uint8', 4, 1, 10, 10, false));
    expect(window.rows(10, 10)).toHaveLength(40);
    // Row 21 mirrors row 17.
    window.dropBefore(18);
    expect(() => window.extract({ x: 0, y: 18, width: 4, height: 4 }, target)).toThrow(/Row 17 is needed but rows above 18/);
  });

  test.each<[Partial<PixelImage>, RegExp]>([
    [{ width: 5 }, /width 5 where the picture has 4/],
    [{ channels: 3 }, /channels 3 where the picture has 1/],
    [{ data: new Uint16Array(8) }, /type uint16 where the picture has uint8/],
    [{ data: new Uint8Array(7) }, /7 samples; its width, height and channels make 8/],
    [{ height: 3, data: new Uint8Array(12) }, /band.height is 3; it must be a whole number from 1 to 2/],
    [{ alpha: new Uint8Array(7) }, /7 alpha samples/],
    [{ alpha: new Float32Array(8) }, /float32 alpha beside uint8/],
  ])('refuses a band with %j', (change, message) => {
    const window = createRowWindow({ width: 4, height: 2, channels: 1, type: 'uint8', alpha: true });
    const good: PixelImage = { width: 4, height: 2, channels: 1, data: new Uint8Array(8), alpha: new Uint8Array(8), transfer: 'srgb' };
    expect(() => window.push({ ...good, ...change })).toThrow(InvalidArgumentError);
    expect(() => window.push({ ...good, ...change })).toThrow(message);
    window.push(good);
    expect(window.to).toBe(2);
  });

  test('refuses a band without alpha where there is some, and ignores alpha where there is none', () => {
    const image: PixelImage = { width: 1, height: 1, channels: 1, data: new Uint8Array(1), transfer: 'srgb' };
    expect(() => createRowWindow({ width: 1, height: 1, channels: 1, type: 'uint8', alpha: true }).push(image)).toThrow(/alpha false/);
    const window = createRowWindow({ width: 1, height: 1, channels: 1, type: 'uint8' });
    window.push({ ...image, alpha: new Uint8Array(1) });
    expect(window.alphaRows(0, 1)).toBeUndefined();
  });

  test('refuses a target that does not fit', () => {
    const window = createRowWindow({ width: 4, height: 2, channels: 1, type: 'uint8' });
    window.push(band('uint8', 4, 1, 0, 2, false));
    const region = { x: 0, y: 0, width: 4, height: 2 };
    expect(() => window.extract(region, new Uint8Array(7))).toThrow(/7 samples of type uint8; 8 of type uint8/);
    expect(() => window.extract(region, new Float32Array(8))).toThrow(/type float32; 8 of type uint8/);
    expect(() => window.extract({ ...region, width: 0 }, new Uint8Array(8))).toThrow(/region.width is 0/);
    expect(() => window.rows(0, 3)).toThrow(/count is 3/);
  });
});
