import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { convertSamples } from '../image/convert-samples.ts';
import { toLinear } from '../image/convert-transfer.ts';
import { createImage } from '../image/create-image.ts';
import { toRgb } from '../image/to-rgb.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { estimateBlurWidth } from './estimate-blur-width.ts';

const size = 256;

/** Numbers in [0,1) that look random and are the same each time. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** Overlapping rectangles of all sizes and greys: edges at all distances, as in photographs. */
function deadLeaves(seed: number): Float32Array {
  const random = createRandom(seed);
  const values = new Float32Array(size * size);
  for (let i = 0; i < 400; i++) {
    const [w, h] = [4 + 60 * random() ** 3, 4 + 60 * random() ** 3];
    const [left, top, grey] = [random() * size - w / 2, random() * size - h / 2, 0.1 + 0.8 * random()];
    for (let y = Math.max(0, Math.round(top)); y < Math.min(size, top + h); y++) {
      for (let x = Math.max(0, Math.round(left)); x < Math.min(size, left + w); x++) values[y * size + x] = grey;
    }
  }
  return values;
}

/** Mean of `width` pixels along a direction, edges repeated. */
function streak(values: Float32Array, width: number, dx: number, dy: number): Float32Array {
  const half = (width - 1) / 2;
  const at = (x: number, y: number): number =>
    values[Math.min(Math.max(y, 0), size - 1) * size + Math.min(Math.max(x, 0), size - 1)]!;
  return values.map((_, i) => {
    let sum = 0;
    for (let k = -half; k <= half; k++) sum += at((i % size) + k * dx, Math.floor(i / size) + k * dy);
    return sum / width;
  });
}

const grey = (data: Float32Array): PixelImage => createImage({ width: size, height: size, channels: 1, data });
const noisy = (values: Float32Array, amount: number): Float32Array => {
  const random = createRandom(99);
  return values.map((value) => value + (amount / 255) * Math.sqrt(3) * (random() + random() + random() + random() - 2));
};

describe('estimateBlurWidth', () => {
  const leaves = deadLeaves(5);

  it('is small for a sharp picture', () => {
    expect(estimateBlurWidth(grey(leaves))).toBeLessThan(3);
  });

  it.each([
    [9, 1, 0], [15, 1, 0], [15, 0, 1], [21, 0, 1], [31, 1, 0],
  ])('is within a third of a streak of %i pixels along (%i, %i), noise or not', (width, dx, dy) => {
    const blurred = streak(leaves, width, dx, dy);
    for (const noise of [0, 3]) {
      const estimate = estimateBlurWidth(grey(noisy(blurred, noise)));
      expect(estimate).toBeGreaterThan(width / 1.34);
      expect(estimate).toBeLessThan(width * 1.34);
    }
  });

  it('sees streaks along diagonals', () => {
    for (const dy of [-1, 1]) {
      const estimate = estimateBlurWidth(grey(streak(leaves, 15, 1, dy)));
      expect(estimate).toBeGreaterThan((15 * Math.SQRT2) / 1.4);
      expect(estimate).toBeLessThan(15 * Math.SQRT2 * 1.4);
    }
  });

  it('does not depend on sample type, channels or transfer', () => {
    const image = grey(streak(leaves, 15, 1, 0));
    const estimate = estimateBlurWidth(image);
    expect(estimateBlurWidth(convertSamples(image, 'uint8'))).toBeCloseTo(estimate, 1);
    expect(estimateBlurWidth(toRgb(convertSamples(image, 'uint16')))).toBeCloseTo(estimate, 2);
    expect(estimateBlurWidth(toLinear(image))).toBeCloseTo(estimate, 3);
  });

  it('gives 0 where nothing can be known', () => {
    for (const value of [0, 0.3, 1, NaN, Infinity]) {
      expect(estimateBlurWidth(grey(new Float32Array(size * size).fill(value)))).toBe(0);
    }
    expect(estimateBlurWidth(createImage({ width: 1, height: 1 }))).toBe(0);
    expect(estimateBlurWidth(createImage({ width: 3, height: 2, data: Uint8Array.from({ length: 18 }, (_, i) => i * 14) }))).toBe(0);
    expect(estimateBlurWidth(grey(noisy(new Float32Array(size * size).fill(0.5), 3)))).toBe(0);
  });

  it('is a number from 0 to 54 for any picture', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.integer(), (width, height, seed) => {
        const random = createRandom(seed);
        const data = Float32Array.from({ length: width * height }, () => [random(), NaN, -1, 2, Infinity, 0][Math.floor(random() * 6)]!);
        const estimate = estimateBlurWidth(createImage({ width, height, channels: 1, data }));
        expect(estimate).toBeGreaterThanOrEqual(0);
        expect(estimate).toBeLessThanOrEqual(54);
      }),
    );
  });

  it('refuses what is no picture', () => {
    expect(() => estimateBlurWidth({ width: 2 } as PixelImage)).toThrow(InvalidArgumentError);
  });
});
