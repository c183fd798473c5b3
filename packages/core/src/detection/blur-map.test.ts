import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convolveLayers } from '../blur/convolve-layers.ts';
import { diskPsf } from '../blur/disk-psf.ts';
import { createRandom } from '../blur/seeded-random.ts';
import { AbortedError, InvalidArgumentError } from '../errors/index.ts';
import { convertSamples } from '../image/convert-samples.ts';
import { createImage } from '../image/create-image.ts';
import { toRgb } from '../image/to-rgb.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { blurMapToImage } from './blur-map-to-image.ts';
import { blurMap } from './blur-map.ts';
import type { BlurMap } from './blur-map.ts';
import { deadLeaves } from './fixtures/dead-leaves.ts';

const width = 320;
const height = 192;
const leaves = deadLeaves(width, height, 3);
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Cells of a map whose column or row lies in a range. */
function cellsWhere(map: BlurMap, inside: (x: number, y: number) => boolean): number[] {
  return [...map.data].filter((_, i) => inside(i % map.width, Math.floor(i / map.width)));
}

describe('blurMap', () => {
  it('shows where a picture is blurred, and how much', async () => {
    const mask = Float32Array.from({ length: width * height }, (_, i) => (i % width < width / 2 ? 1 : 0));
    const image = await convolveLayers({ foreground: leaves, mask, foregroundPsf: diskPsf(0.3), backgroundPsf: diskPsf(5) });
    const map = await blurMap(image);
    expect([map.width, map.height, map.cell, map.imageWidth, map.imageHeight]).toEqual([10, 6, 32, width, height]);
    expect(median(cellsWhere(map, (x) => x < 4))).toBeLessThan(2.5);
    const blurred = median(cellsWhere(map, (x) => x > 5));
    expect(blurred).toBeGreaterThan((Math.sqrt(12) * 2.5) / 1.5);
    expect(blurred).toBeLessThan(Math.sqrt(12) * 2.5 * 1.5);
  });

  it('keeps rows and columns in their places', async () => {
    const mask = Float32Array.from({ length: width * height }, (_, i) => (Math.floor(i / width) < height / 3 ? 0 : 1));
    const map = await blurMap(await convolveLayers({ foreground: leaves, mask, foregroundPsf: diskPsf(0.3), backgroundPsf: diskPsf(6) }));
    expect(median(cellsWhere(map, (_, y) => y === 0))).toBeGreaterThan(3 * median(cellsWhere(map, (_, y) => y >= 3)));
  });

  it('takes every kind of samples and other cells', async () => {
    const map = await blurMap(leaves, { cell: 50 });
    expect([map.width, map.height]).toEqual([7, 4]);
    const other = await blurMap({ ...toRgb(convertSamples(leaves, 'uint16')), alpha: new Uint16Array(width * height) }, { cell: 50 });
    other.data.forEach((value, i) => expect(value).toBeCloseTo(map.data[i]!, 1));
  });

  it('fills in cells without texture from their neighbours', async () => {
    const data = leaves.data.map((value, i) => (i % width < 160 ? value : 0.5));
    const { measured, data: widths, width: columns } = await blurMap({ ...leaves, data });
    expect(measured[columns - 1]).toBe(0);
    expect(measured[0]).toBe(1);
    expect(widths.every(Number.isFinite)).toBe(true);
  });

  it('is 0 where nothing can be known, and finite for any picture', async () => {
    for (const [w, h] of [[1, 1], [3, 3], [100, 5]] as const) {
      const map = await blurMap(createImage({ width: w, height: h, channels: 1, data: new Float32Array(w * h).fill(0.3) }));
      expect([...map.data, ...map.measured].every((value) => value === 0)).toBe(true);
      expect(map.data.length).toBe(Math.ceil(w / 32) * Math.ceil(h / 32));
    }
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }), fc.integer({ min: 8, max: 90 }), fc.nat(1000), async (w, h, cell, seed) => {
        const random = createRandom(seed);
        const image = createImage({ width: w, height: h, channels: 1, data: Float32Array.from({ length: w * h }, () => [random.uniform(), 0, 3][random.bits() % 3]!) });
        const map = await blurMap(image, { cell });
        expect(map.data.length).toBe(Math.ceil(w / cell) * Math.ceil(h / cell));
        expect(map.data.every((value) => value >= 0 && value <= 46)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses bad input and stops on abort', async () => {
    await expect(blurMap({ width: 2 } as PixelImage)).rejects.toThrow(InvalidArgumentError);
    await expect(blurMap({ ...leaves, data: leaves.data.map((value, i) => (i === 999 ? NaN : value)) })).rejects.toThrow('x 39, y 3 is NaN');
    for (const cell of [7, 10.5, NaN]) await expect(blurMap(leaves, { cell })).rejects.toThrow(`cell is ${cell}`);
    await expect(blurMap(leaves, { signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
    const controller = new AbortController();
    const pending = blurMap(leaves, { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toThrow(AbortedError);
  });
});

describe('blurMapToImage', () => {
  const map: BlurMap = {
    width: 2, height: 2, cell: 8, imageWidth: 15, imageHeight: 13,
    data: Float32Array.of(0, 10, 20, 40), measured: Uint8Array.of(1, 1, 1, 1),
  };

  it('draws widths in proportion, in the size of the picture', () => {
    const image = blurMapToImage(map, { maximum: 20 });
    expect([image.width, image.height, image.channels]).toEqual([15, 13, 1]);
    expect([image.data[0], image.data[14], image.data[12 * 15], image.data[12 * 15 + 14]]).toEqual([0, 128, 255, 255]);
  });

  it('draws the widest white, and a sharp picture black', () => {
    expect(Math.max(...blurMapToImage(map).data)).toBe(255);
    expect(Math.max(...blurMapToImage({ ...map, data: new Float32Array(4) }).data)).toBe(0);
    expect(() => blurMapToImage(map, { maximum: 0 })).toThrow(InvalidArgumentError);
  });
});
