import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AbortedError, InvalidArgumentError } from '../errors/index.ts';
import { createImage } from '../image/create-image.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { changeMap, occlusionMap, strongestPlace } from './index.ts';
import type { ScalarMap } from './index.ts';

const [width, height] = [40, 30];
const image = createImage({ width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919 + (i >> 5) * 31) % 256) });

describe('changeMap', () => {
  it('is the root mean square over the channels, as a share of full scale', () => {
    const before = createImage({ width: 2, height: 1, data: Uint8Array.of(0, 0, 0, 51, 102, 153) });
    const after = createImage({ width: 2, height: 1, data: Uint16Array.of(0, 0, 0, 51 * 257, 102 * 257, 65535) });
    expect([...changeMap(before, after).data].map((value) => value.toFixed(6))).toEqual(['0.000000', (0.4 / Math.sqrt(3)).toFixed(6)]);
    expect(() => changeMap(before, image)).toThrow(InvalidArgumentError);
  });
});

describe('strongestPlace', () => {
  it('finds the centre of the strongest square, as a direct sum does', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.nat(4), fc.nat(), (w, h, radius, seed) => {
      const map: ScalarMap = { width: w, height: h, data: Float32Array.from({ length: w * h }, (_, i) => ((i + 1) * 48271 * (seed + 1)) % 97) };
      const sumAt = (x: number, y: number): number => map.data.reduce((sum, value, i) => (
        Math.abs((i % w) - x) <= radius && Math.abs(Math.floor(i / w) - y) <= radius ? sum + value : sum
      ), 0);
      const { x, y } = strongestPlace(map, radius);
      expect(sumAt(x, y)).toBe(Math.max(...Array.from(map.data, (_, i) => sumAt(i % w, Math.floor(i / w)))));
    }));
    expect(() => strongestPlace({ width: 1, height: 1, data: new Float32Array(1) }, -1)).toThrow(InvalidArgumentError);
  });
});

/** Restores each pixel to the mean of its neighbours `reach` to the left and right. */
async function meanOfSides(part: PixelImage, reach: number): Promise<PixelImage> {
  const data = part.data.map((_, i) => {
    const [x, c] = [Math.floor(i / 3) % part.width, i % 3];
    const row = i - x * 3 - c;
    return (part.data[row + Math.max(0, x - reach) * 3 + c]! + part.data[row + Math.min(part.width - 1, x + reach) * 3 + c]!) / 2;
  });
  return { ...part, data };
}

describe('occlusionMap', () => {
  it('finds the patches a pixel comes from, and only those', async () => {
    let calls = 0;
    const { window, cell, effect } = await occlusionMap(image, { x: 20, y: 14 }, (part) => {
      calls++;
      expect([part.width, part.height, part.data.constructor]).toEqual([24, 24, Float32Array]);
      return meanOfSides(part, 9);
    }, { window: 24, cells: 6 });
    expect(window).toEqual({ left: 8, top: 2, width: 24, height: 24 });
    expect([cell, effect.width, effect.height, calls]).toEqual([4, 6, 6, 37]);
    // Pixel (12, 12) of the window depends on (3, 12) and (21, 12): cells (0, 3) and (5, 3).
    effect.data.forEach((value, i) => expect(value > 0, `cell ${i}`).toBe(i === 3 * 6 || i === 3 * 6 + 5));
    const grey = (image.data as Uint8Array).reduce((sum, value, i) => {
      const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
      return x >= 8 && x < 32 && y >= 2 && y < 26 ? sum + value : sum;
    }, 0) / (24 * 24 * 3) / 255;
    const replaced = [0, 1, 2].map((c) => (image.data[((14 * width) + 8 + 3) * 3 + c]! / 255 - grey) / 2);
    expect(effect.data[18]).toBeCloseTo(Math.sqrt(replaced.reduce((sum, value) => sum + value * value, 0) / 3), 5);
  });

  it('stays within the picture and reports its patches', async () => {
    const done: number[] = [];
    const corner = await occlusionMap(image, { x: 39, y: 0 }, async (part) => part, { window: 64, cells: 3, onProgress: (event) => done.push(event.done) });
    expect(corner.window).toEqual({ left: 0, top: 0, width, height });
    expect([corner.cell, corner.effect.width, corner.effect.height]).toEqual([14, 3, 3]);
    expect(corner.effect.data.map(Math.sign)).toEqual(Float32Array.of(0, 0, 1, 0, 0, 0, 0, 0, 0));
    expect(done.at(-1)).toBe(9);
  });

  it('refuses what it cannot do and stops on abort', async () => {
    const same = async (part: PixelImage): Promise<PixelImage> => part;
    for (const pixel of [{ x: 40, y: 0 }, { x: -1, y: 0 }, { x: 0.5, y: 0 }]) await expect(occlusionMap(image, pixel, same)).rejects.toThrow('does not lie in a picture of 40×30');
    for (const options of [{ window: 0 }, { cells: 1.5 }]) await expect(occlusionMap(image, { x: 0, y: 0 }, same, options)).rejects.toThrow(InvalidArgumentError);
    await expect(occlusionMap(image, { x: 0, y: 0 }, same, { signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
  });
});
