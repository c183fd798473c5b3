import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { DisposedError, InvalidArgumentError, OutOfMemoryError, UnsupportedError } from '../errors/index.ts';
import { createFft2d } from './create-fft2d.ts';
import reference from './fixtures/fft.json' with { type: 'json' };

const floats = (base64: string): Float32Array => new Float32Array(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).buffer);

/** Largest difference over the largest magnitude of the reference. */
function relative(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  let difference = 0;
  let largest = 1e-30;
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(actual[i]! - expected[i]!));
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return difference / largest;
}

const size = fc.constantFrom(1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24, 25, 27, 30, 32, 36, 40, 45, 48);
const planes = fc.record({ width: size, height: size, seed: fc.integer({ min: 1, max: 1e6 }) });

/** Values in [-1, 1) that depend on the seed only. */
function noise(length: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  });
}

describe.each(['wasm', 'typescript'] as const)('createFft2d (%s)', (implementation) => {
  it.each(reference.cases)('agrees with SciPy within 1e-6 of the largest value: $width×$height', async (testCase) => {
    const { width, height } = testCase;
    const fft = await createFft2d({ width, height, implementation });
    expect(fft.implementation).toBe(implementation);
    const spectrum = fft.forward(floats(testCase.plane));
    expect(relative(spectrum.toArray(), floats(testCase.spectrum))).toBeLessThan(1e-6);
    spectrum.load(floats(testCase.spectrum));
    expect(relative(fft.inverse(spectrum).data, floats(testCase.plane))).toBeLessThan(1e-6);
    fft.dispose();
  });

  it('returns to the plane, keeps energy, is linear and turns a shift into a phase', async () => {
    await fc.assert(
      fc.asyncProperty(planes, fc.nat(50), fc.nat(50), async ({ width, height, seed }, dx, dy) => {
        const fft = await createFft2d({ width, height, implementation });
        const length = width * height;
        const a = noise(length, seed);
        const b = noise(length, seed + 1);
        const first = fft.forward(a);
        const second = fft.forward(b);
        expect(relative(fft.inverse(first).data, a)).toBeLessThan(2e-6);

        const values = first.toArray();
        const half = Math.floor(width / 2) + 1;
        let energy = 0;
        for (let i = 0; i < values.length; i += 2) {
          const x = (i / 2) % half;
          energy += (x === 0 || 2 * x === width ? 1 : 2) * (values[i]! ** 2 + values[i + 1]! ** 2);
        }
        expect(energy / length).toBeCloseTo(a.reduce((sum, value) => sum + value * value, 0), 2);

        const mixed = fft.forward(a.map((value, i) => 2 * value - 3 * b[i]!));
        const combined = fft.createSpectrum();
        fft.combine(first, 2, second, -3, combined);
        expect(relative(mixed.toArray(), combined.toArray())).toBeLessThan(5e-6);

        const shifted = a.map((_, i) => {
          const y = (Math.floor(i / width) + dy) % height;
          return a[y * width + (((i % width) + dx) % width)]!;
        });
        const turned = Float32Array.from(values, (_, i) => {
          const x = (i >> 1) % half;
          const y = Math.floor((i >> 1) / half);
          const angle = 2 * Math.PI * ((x * dx) / width + (y * dy) / height);
          const re = values[i & ~1]!;
          const im = values[i | 1]!;
          return i & 1 ? re * Math.sin(angle) + im * Math.cos(angle) : re * Math.cos(angle) - im * Math.sin(angle);
        });
        expect(relative(fft.forward(shifted).toArray(), turned)).toBeLessThan(5e-6);
      }),
      { numRuns: 25 },
    );
  });

  it('filters as multiplication of spectra does, in place too', async () => {
    await fc.assert(
      fc.asyncProperty(planes, fc.boolean(), async ({ width, height, seed }, conjugate) => {
        const fft = await createFft2d({ width, height, implementation });
        const plane = fft.createPlane(noise(width * height, seed));
        const transfer = fft.forward(noise(width * height, seed + 7));
        const product = fft.forward(plane);
        fft.multiply(product, transfer, product, { conjugate });
        const expected = fft.inverse(product, undefined, { overwrite: true });
        fft.filter(plane, transfer, plane, { conjugate });
        expect(relative(plane.data, expected.data)).toBeLessThan(5e-6);
      }),
      { numRuns: 25 },
    );
  });

  it('does the pointwise arithmetic it says', async () => {
    const fft = await createFft2d({ width: 6, height: 5, implementation });
    const first = noise(40, 3);
    const second = noise(40, 4);
    const third = noise(40, 5);
    const spectrum = (values: Float32Array): ReturnType<typeof fft.createSpectrum> => {
      const result = fft.createSpectrum();
      result.load(values);
      return result;
    };
    const [a, b, c] = [spectrum(first), spectrum(second), spectrum(third)];
    const target = fft.createSpectrum();
    const expectNumbers = (formula: (ar: number, ai: number, br: number, bi: number, cr: number, ci: number) => [number, number]): void => {
      const expected = Array.from({ length: 20 }, (_, n) => {
        const i = 2 * n;
        return formula(first[i]!, first[i + 1]!, second[i]!, second[i + 1]!, third[i]!, third[i + 1]!);
      });
      expect(relative(target.toArray(), expected.flat())).toBeLessThan(1e-6);
    };

    fft.multiply(a, b, target);
    expectNumbers((ar, ai, br, bi) => [ar * br - ai * bi, ar * bi + ai * br]);
    fft.multiply(a, b, target, { conjugate: true });
    expectNumbers((ar, ai, br, bi) => [ar * br + ai * bi, ai * br - ar * bi]);
    fft.combine(c, 1, c, 0, target);
    fft.addProduct(a, b, target, { conjugate: true, scale: 0.5 });
    expectNumbers((ar, ai, br, bi, cr, ci) => [cr + 0.5 * (ar * br + ai * bi), ci + 0.5 * (ai * br - ar * bi)]);
    fft.fill(target, 2, 1);
    fft.addProduct(a, b, target);
    expectNumbers((ar, ai, br, bi) => [2 + ar * br - ai * bi, 1 + ar * bi + ai * br]);
    fft.divideByReal(a, b, target, 3);
    expectNumbers((ar, ai, br) => [ar / (br + 3), ai / (br + 3)]);
    fft.wiener(a, b, target, { noise: 0.1 });
    expectNumbers((ar, ai, br, bi) => {
      const divisor = br * br + bi * bi + 0.1;
      return [(ar * br + ai * bi) / divisor, (ai * br - ar * bi) / divisor];
    });
    fft.wiener(a, b, target, { noise: 2, prior: c, weight: 0.5 });
    expectNumbers((ar, ai, br, bi, cr) => {
      const divisor = br * br + bi * bi + 2 + 0.5 * cr;
      return [(ar * br + ai * bi) / divisor, (ai * br - ar * bi) / divisor];
    });

    const p = fft.createPlane(noise(30, 6));
    const q = fft.createPlane(noise(30, 7));
    const result = fft.createPlane();
    fft.multiplyPlanes(p, q, result);
    expect(relative(result.data, p.data.map((value, i) => value * q.data[i]!))).toBeLessThan(1e-6);
    fft.dividePlanes(p, q, result, 0.25);
    expect(relative(result.data, p.data.map((value, i) => value / Math.max(q.data[i]!, 0.25)))).toBeLessThan(1e-6);
    fft.combine(p, 2, q, -1, result);
    expect(relative(result.data, p.data.map((value, i) => 2 * value - q.data[i]!))).toBeLessThan(1e-6);
  });

  it('keeps planes while its memory grows', async () => {
    const fft = await createFft2d({ width: 100, height: 100, implementation });
    const values = noise(10_000, 9);
    const plane = fft.createPlane(values);
    const more = Array.from({ length: 60 }, () => fft.createPlane());
    expect(plane.data).toEqual(values);
    more.forEach((one) => one.dispose());
    expect(() => more[0]!.data).toThrow(DisposedError);
    expect(fft.createPlane().data.every((value) => value === 0)).toBe(true);
  });

  it('refuses what it cannot transform', async () => {
    await expect(createFft2d({ width: 14, height: 8, implementation })).rejects.toThrow(/not 14; pad to goodSize\(14\) = 15/);
    await expect(createFft2d({ width: 0, height: 8, implementation })).rejects.toThrow(InvalidArgumentError);
    await expect(createFft2d({ width: 8, height: 2.5, implementation })).rejects.toThrow(InvalidArgumentError);
    const fft = await createFft2d({ width: 8, height: 8, implementation });
    const other = await createFft2d({ width: 8, height: 8, implementation });
    expect(() => fft.inverse(other.createSpectrum())).toThrow(/another plan/);
    expect(() => fft.forward(new Float32Array(63))).toThrow(/64 values, not 63/);
    expect(() => fft.createPlane([1])).toThrow(InvalidArgumentError);
    expect(() => fft.createSpectrum().load([1])).toThrow(InvalidArgumentError);
    fft.dispose();
    expect(() => fft.forward(new Float32Array(64))).toThrow(DisposedError);
  });
});

describe('both implementations', () => {
  it('agree within 1e-5 of the largest value', async () => {
    const options = { width: 300, height: 256 };
    const values = noise(300 * 256, 11);
    const [wasm, typescript] = await Promise.all(
      (['wasm', 'typescript'] as const).map(async (implementation) => {
        const fft = await createFft2d({ ...options, implementation });
        const spectrum = fft.forward(values);
        const filtered = fft.createPlane(values);
        fft.wiener(spectrum, spectrum, spectrum, { noise: 0.01 });
        fft.filter(filtered, spectrum, filtered);
        return { spectrum: spectrum.toArray(), filtered: filtered.data.slice() };
      }),
    );
    expect(relative(typescript!.spectrum, wasm!.spectrum)).toBeLessThan(1e-5);
    expect(relative(typescript!.filtered, wasm!.filtered)).toBeLessThan(1e-5);
  });

  it('auto takes WebAssembly here', async () => {
    expect((await createFft2d({ width: 4, height: 4 })).implementation).toBe('wasm');
  });

  it('falls back to TypeScript without WebAssembly, unless told not to', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    try {
      expect((await createFft2d({ width: 4, height: 4 })).implementation).toBe('typescript');
      await expect(createFft2d({ width: 4, height: 4, implementation: 'wasm' })).rejects.toThrow(UnsupportedError);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('says when memory cannot hold a plan', async () => {
    const fft = await createFft2d({ width: 2 ** 16, height: 2 ** 15, implementation: 'wasm' });
    expect(() => fft.createPlane()).toThrow(OutOfMemoryError);
  });
});
