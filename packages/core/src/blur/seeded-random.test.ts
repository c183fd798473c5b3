import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { drawPoisson } from './draw-poisson.ts';
import { createRandom } from './seeded-random.ts';

function statistics(draw: () => number, count: number): { mean: number; variance: number } {
  let mean = 0;
  let squares = 0;
  for (let i = 1; i <= count; i++) {
    const value = draw();
    const difference = value - mean;
    mean += difference / i;
    squares += difference * (value - mean);
  }
  return { mean, variance: squares / count };
}

describe('createRandom', () => {
  it('follows its seed and nothing else', () => {
    const take = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 5 }, () => random.bits());
    };
    expect(take(1)).toEqual(take(1));
    expect(take(1)).not.toEqual(take(2));
    expect(new Set([...take(0), ...take(2 ** 32 - 1)]).size).toBe(10);
  });

  it('is uniform, and normal with variance 1', () => {
    const random = createRandom(7);
    const uniform = statistics(random.uniform, 50_000);
    expect(Math.abs(uniform.mean - 0.5)).toBeLessThan(0.006);
    expect(Math.abs(uniform.variance - 1 / 12)).toBeLessThan(0.002);
    const normal = statistics(random.normal, 50_000);
    expect(Math.abs(normal.mean)).toBeLessThan(0.02);
    expect(Math.abs(normal.variance - 1)).toBeLessThan(0.03);
    const tail = Array.from({ length: 50_000 }, random.normal).filter((value) => Math.abs(value) > 2).length / 50_000;
    expect(Math.abs(tail - 0.0455)).toBeLessThan(0.004);
  });

  it.each([-1, 0.5, 2 ** 32, NaN])('refuses the seed %s', (seed) => {
    expect(() => createRandom(seed)).toThrow(InvalidArgumentError);
  });
});

describe('drawPoisson', () => {
  it.each([0, 0.3, 4, 29.9, 30.1, 250, 1e6])('has mean and variance %s', (mean) => {
    const random = createRandom(3);
    const found = statistics(() => drawPoisson(random, mean), 20_000);
    const error = Math.sqrt(mean / 20_000);
    expect(Math.abs(found.mean - mean)).toBeLessThanOrEqual(4 * error);
    expect(Math.abs(found.variance - mean)).toBeLessThanOrEqual(4 * Math.sqrt((mean + 2 * mean ** 2) / 20_000));
  });

  it.each([5, 40])('hits each count as often as it should at mean %s', (mean) => {
    const random = createRandom(4);
    const counts = new Map<number, number>();
    const draws = 40_000;
    for (let i = 0; i < draws; i++) {
      const k = drawPoisson(random, mean);
      counts.set(k, (counts.get(k) ?? 0) + 1);
    }
    let probability = Math.exp(-mean);
    for (let k = 0; k < 3 * mean; k++) {
      expect(Math.abs((counts.get(k) ?? 0) / draws - probability)).toBeLessThan(4.5 * Math.sqrt((probability + 1e-4) / draws));
      probability *= mean / (k + 1);
    }
  });
});
