import { describe, expect, it } from 'vitest';
import { psfFromArray } from '../blur/psf-from-array.ts';
import { createSolver } from './create-solver.ts';
import type { DeconvolutionMethod, DeconvolutionParameters } from './deconvolution-parameters.ts';
import { createDeconvolutionPlan } from './deconvolution-plan.ts';
import { edgetaper } from './edgetaper.ts';
import { estimatePlaneNoise } from './estimate-noise.ts';
import { decodePlane as decode } from './fixtures/decode-plane.ts';
import reference from './fixtures/deconvolution.json' with { type: 'json' };
import { createPacer } from './pacer.ts';
import { createRichardsonLucySolver } from './richardson-lucy.ts';
import { powerShrinkage, softShrinkage } from './shrinkage.ts';
import { wrapBoundary } from './wrap-boundary.ts';

const { width, height } = reference;
const psf = psfFromArray(reference.psf.weights, reference.psf);

function largestDifference(actual: Float32Array, expected: Float32Array): number {
  expect(actual.length).toBe(expected.length);
  return actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
}

describe.each(['wasm', 'typescript'] as const)('deconvolution methods (%s)', (implementation) => {
  async function solve(
    observed: Float32Array, method: DeconvolutionMethod, parameters: DeconvolutionParameters,
  ): Promise<Float32Array> {
    const plan = await createDeconvolutionPlan({ width, height, psf, boundary: 'periodic', implementation });
    const plane = plan.fft.createPlane();
    await plan.load(observed, plane);
    await createSolver(plan, method, parameters).solve([plane], createPacer());
    const result = plan.crop(plane);
    plan.dispose();
    return result;
  }

  it.each([
    ['wiener', 'wiener', { balance: 0.05, prior: 'laplacian' }, 1e-4],
    ['rl-tv', 'richardsonLucyTotalVariation', { iterations: 15, totalVariation: 0.005 }, 1e-3],
    ['tv', 'totalVariation', { lambda: 500 }, 1e-4],
    ['hyper-laplacian', 'hyperLaplacian', { lambda: 1000, alpha: 2 / 3 }, 5e-3],
  ] as const)('%s agrees with the reference within its tolerance', async (method, name, parameters, tolerance) => {
    const result = await solve(decode(reference.blurred), method, parameters);
    expect(largestDifference(result, decode(reference[name]))).toBeLessThan(tolerance);
  });

  it('whyte agrees with the reference within 1e-3 on clipped values', async () => {
    const clipped = decode(reference.blurred).map((value) => Math.min(value, 0.7));
    const result = await solve(clipped, 'whyte', { iterations: 15, totalVariation: 0.005, saturation: 0.7 });
    expect(largestDifference(result, decode(reference.saturated))).toBeLessThan(1e-3);
  });

  it("rl agrees with scikit-image's richardson_lucy within 5e-4", async () => {
    const plan = await createDeconvolutionPlan({ width, height, psf, boundary: 'periodic', implementation });
    const plane = plan.fft.createPlane(decode(reference.framed).map((value) => Math.max(value, 0)));
    await createRichardsonLucySolver(plan, { iterations: 20, start: 'flat' }).solve([plane], createPacer());
    expect(largestDifference(plan.crop(plane), decode(reference.richardsonLucy))).toBeLessThan(5e-4);
  });

  it('treats equal channels as it treats one', async () => {
    const observed = decode(reference.blurred);
    const plan = await createDeconvolutionPlan({ width, height, psf, boundary: 'periodic', implementation });
    const planes = [0, 1, 2].map(() => plan.fft.createPlane(observed));
    await createSolver(plan, 'tv', { lambda: 500 }).solve(planes, createPacer());
    const expected = decode(reference.totalVariation);
    for (const plane of planes) expect(largestDifference(plan.crop(plane), expected)).toBeLessThan(1e-4);
  });
});

describe('wrapBoundary', () => {
  it("agrees with the direct solution of Laplace's equation within 0.005 and keeps the picture", () => {
    const values = decode(reference.picture);
    const { wrapped } = reference;
    const extended = wrapBoundary(values, reference, wrapped);
    expect(largestDifference(extended, decode(wrapped.values))).toBeLessThan(0.005);
    for (let y = 0; y < height; y++) {
      expect(extended.subarray(y * wrapped.width, y * wrapped.width + width)).toEqual(values.subarray(y * width, (y + 1) * width));
    }
  });

  it('continues a constant, extends single rows and columns, and refuses what does not fit', () => {
    expect(wrapBoundary(new Float32Array(12).fill(0.3), { width: 4, height: 3 }, { width: 9, height: 8 })).toEqual(
      new Float32Array(72).fill(0.3),
    );
    expect(wrapBoundary(new Float32Array([1, 0]), { width: 2, height: 1 }, { width: 5, height: 1 }).every(Number.isFinite)).toBe(true);
    expect(wrapBoundary(new Float32Array([1, 0]), { width: 1, height: 2 }, { width: 1, height: 5 }).every(Number.isFinite)).toBe(true);
    expect(() => wrapBoundary(new Float32Array(12), { width: 4, height: 3 }, { width: 3, height: 8 })).toThrow(/smaller/);
    expect(() => wrapBoundary(new Float32Array(11), { width: 4, height: 3 }, { width: 4, height: 8 })).toThrow(/12 values, not 11/);
  });
});

describe('edgetaper', () => {
  it('agrees with the reference within 1e-4', async () => {
    const result = await edgetaper(decode(reference.picture), reference, psf);
    expect(largestDifference(result, decode(reference.edgetaper))).toBeLessThan(1e-4);
  });
});

describe('shrinkage', () => {
  it.each([1, 8, 181])('finds the minimum at β %d', (beta) => {
    const [soft, power] = [softShrinkage(beta), powerShrinkage(2 / 3, beta)];
    for (let length = 0.01; length < 1.5; length += 0.0371) {
      const cost = (w: number, alpha: number): number => w ** alpha + (beta / 2) * (w - length) ** 2;
      for (const [factor, alpha] of [[soft(length ** 2), 1], [power(length ** 2), 2 / 3]] as const) {
        let least = Infinity;
        for (let i = 0; i <= 2000; i++) least = Math.min(least, cost((i / 2000) * length, alpha));
        expect(cost(factor * length, alpha)).toBeLessThan(least + 1e-4 * Math.max(1, least));
      }
    }
  });
});

describe('estimatePlaneNoise', () => {
  const observed = decode(reference.blurred);

  it("agrees with Immerkær's formula in SciPy within 1e-6", () => {
    expect(estimatePlaneNoise(observed, reference, 'mean')).toBeCloseTo(reference.noise.mean, 6);
  });

  it("finds the noise of a blurred picture within 10 %, and is that near to scikit-image's wavelet estimate", () => {
    const estimate = estimatePlaneNoise(decode(reference.noisy), reference);
    expect(Math.abs(estimate / 0.02 - 1)).toBeLessThan(0.1);
    expect(Math.abs(estimate / reference.noise.wavelet - 1)).toBeLessThan(0.1);
  });

  it('is 0 for a constant, a clipped and a tiny plane', () => {
    expect(estimatePlaneNoise(new Float32Array(100).fill(0.4), { width: 10, height: 10 })).toBe(0);
    expect(estimatePlaneNoise(new Float32Array(100).fill(1), { width: 10, height: 10 })).toBe(0);
    expect(estimatePlaneNoise(new Float32Array([0.1, 0.9]), { width: 2, height: 1 })).toBe(0);
  });
});
