import { describe, expect, it } from 'vitest';
import { createPacer } from '../../deconvolution/pacer.ts';
import { createFft2d } from '../../fft/index.ts';
import { createRandom } from '../../blur/seeded-random.ts';
import { chooseWindow } from './choose-window.ts';
import { flattenGradients } from './flatten-gradients.ts';
import { reducePlane } from './grey-plane.ts';
import { createKernelSolver } from './kernel-solver.ts';
import { darkenMinima } from './minimal-pixels.ts';
import { cutKernel, dropIslands, enlargeKernel, recentreKernel, supportSide } from './square-kernel.ts';
import type { SquareKernel } from './square-kernel.ts';

const kernel = (side: number, weights: Readonly<Record<number, number>>): SquareKernel => {
  const values = new Float32Array(side * side);
  for (const [place, weight] of Object.entries(weights)) values[Number(place)] = weight;
  return { side, values };
};

describe('kernels on squares', () => {
  it('are cut, cleared of islands and moved to the middle', () => {
    const cut = cutKernel(kernel(3, { 0: 0.8, 1: 0.03, 2: -0.5, 4: 0.2 }), 0.05).values.slice(0, 5);
    expect([...cut].map((value) => Math.round(100 * value))).toEqual([80, 0, 0, 0, 20]);
    const islands = dropIslands(kernel(5, { 0: 0.5, 6: 0.46, 24: 0.04 }), 0.05);
    expect(islands.values[24]).toBe(0);
    expect(islands.values[0]! + islands.values[6]!).toBeCloseTo(1, 6);
    const moved = recentreKernel(kernel(5, { 0: 0.5, 2: 0.5 }));
    expect([moved.values[11], moved.values[13]]).toEqual([0.5, 0.5]);
  });

  it('keep their middle when enlarged, and know the side that holds them', () => {
    const large = enlargeKernel(kernel(3, { 3: 0.5, 4: 0.5 }), 7, 2);
    const x = large.values.reduce((sum, value, i) => sum + value * (i % 7), 0);
    expect(x).toBeCloseTo(2, 5);
    expect(supportSide(kernel(7, { 24: 0.9, 25: 0.09, 0: 0.01 }), 0.02)).toBe(3);
    expect(supportSide(kernel(7, { 24: 0.9, 0: 0.1 }), 0.02)).toBe(7);
  });
});

describe('createKernelSolver', () => {
  it('finds the kernel that made the observed gradients, with and without the sign constraint', async () => {
    const fft = await createFft2d({ width: 48, height: 45 });
    const random = createRandom(3);
    const latent = fft.createPlane(Float32Array.from({ length: 48 * 45 }, () => random.normal()));
    const truth = kernel(7, { 16: 0.2, 17: 0.1, 24: 0.4, 32: 0.3 });
    const spread = fft.createPlane();
    truth.values.forEach((value, i) => {
      spread.data[((Math.floor(i / 7) - 3 + 45) % 45) * 48 + (((i % 7) - 3 + 48) % 48)] = value;
    });
    const transfer = fft.forward(spread);
    const spectrum = fft.forward(latent);
    const observed = fft.createSpectrum();
    fft.multiply(spectrum, transfer, observed);
    fft.multiply(observed, spectrum, observed, { conjugate: true });
    fft.multiply(spectrum, spectrum, spectrum, { conjugate: true });
    const correlations = { latent: fft.inverse(spectrum), observed: fft.inverse(observed) };
    const solver = await createKernelSolver(7);
    const start = { values: new Float32Array(49), support: new Uint8Array(49).fill(1) };
    for (const found of [solver.leastSquares(correlations, 1e-3), solver.nonNegative(correlations, 1e-3, start)]) {
      found.forEach((value, i) => expect(Math.abs(value - truth.values[i]!)).toBeLessThan(2e-3));
    }
    start.support[24] = 0;
    expect(solver.nonNegative(correlations, 1e-3, start)[24]).toBe(0);
    expect(solver.nonNegative(correlations, 1e-3, start).every((value) => value >= 0)).toBe(true);
    solver.dispose();
    fft.dispose();
  });
});

describe('planes', () => {
  it('are reduced without aliasing, keeping constants and edges in place', () => {
    const stripes = Float32Array.from({ length: 64 * 8 }, (_, i) => i % 2);
    const reduced = reducePlane({ width: 64, height: 8, values: stripes }, { width: 23, height: 3 }).values;
    for (const value of reduced.slice(2, 21)) expect(Math.abs(value - 0.5)).toBeLessThan(0.06);
    const step = Float32Array.from({ length: 40 * 4 }, (_, i) => (i % 40 < 20 ? 0 : 1));
    const row = reducePlane({ width: 40, height: 4, values: step }, { width: 20, height: 2 }).values.slice(0, 20);
    expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(10, 4);
    expect(row[7]).toBeCloseTo(0, 1);
    expect(row[12]).toBeCloseTo(1, 1);
  });

  it('lose small gradients and keep large ones', () => {
    const values = Float32Array.of(0, 0.1, 0.1, 1, 0, 0.1, 0.1, 1);
    flattenGradients(values, { width: 4, height: 2 }, 0.25);
    expect([...values].map((value) => Math.round(10 * value))).toEqual([-10, 0, -9, 19, -10, 0, -9, 19]);
  });

  it('have their dark minima drawn to 0, one in each patch', () => {
    const values = Float32Array.of(0.3, 0.05, 0.5, 0.2, 0.06, 0.4, 0.9, 0.3);
    darkenMinima(values, { width: 4, height: 2 }, 4, 2);
    expect([...values].map((value) => Math.round(100 * value))).toEqual([30, 0, 50, 20, 6, 40, 90, 30]);
  });

  it('give the window with most structure, away from clipped values', async () => {
    const [width, height] = [200, 120];
    const values = Float32Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      if (x < 60) return (x + y) % 2 === 0 ? 0.2 : 1;
      return x >= 140 && y >= 60 ? ((x >> 2) + (y >> 2)) % 2 / 2 : 0.5;
    });
    const pace = createPacer();
    expect(await chooseWindow(values, { width, height }, 60, pace)).toEqual({ left: 140, top: 60, width: 60, height: 60 });
    expect(await chooseWindow(values, { width, height }, 500, pace)).toEqual({ left: 0, top: 0, width, height });
  });
});
