import { describe, expect, it } from 'vitest';
import { createFft2d } from '../fft/index.ts';
import { shrinkGradients } from './shrink-gradients.ts';
import { softShrinkage } from './shrinkage.ts';
import { dampByTotalVariation } from './total-variation-damping.ts';

const values = (count: number, seed: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => 0.5 + 0.5 * Math.sin(seed + i * 1.7 + ((i * i) % 7)));

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

describe.each([[1, 1], [1, 8], [3, 5], [4, 4], [5, 2], [8, 3], [9, 16], [30, 27]])('kernels on gradients, %d×%d', (width, height) => {
  it.each([1, 3])('shrink %d planes as TypeScript does', async (count) => {
    const fft = await createFft2d({ width, height, implementation: 'wasm' });
    const sources = Array.from({ length: count }, (_, c) => values(width * height, c));
    const planes = sources.map((source) => fft.createPlane(source));
    fft.shrinkGradients!(planes, 0.25);
    shrinkGradients(sources, width, height, softShrinkage(4), { isotropic: true });
    planes.forEach((plane, c) => expect(largestDifference(plane.data, sources[c]!)).toBeLessThan(1e-5));
  });

  it('damp as TypeScript does', async () => {
    const results: Float32Array[] = [];
    for (const implementation of ['wasm', 'typescript'] as const) {
      const fft = await createFft2d({ width, height, implementation });
      const factors = fft.createPlane(values(width * height, 5));
      dampByTotalVariation(fft, fft.createPlane(values(width * height, 2)), factors, 0.02);
      results.push(factors.data);
    }
    expect(largestDifference(results[0]!, results[1]!)).toBeLessThan(1e-5);
    if (width * height > 1) expect(largestDifference(results[0]!, values(width * height, 5))).toBeGreaterThan(1e-3);
  });
});
