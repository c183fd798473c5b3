import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { motionPsf } from '../../blur/motion-psf.ts';
import { createRandom } from '../../blur/seeded-random.ts';
import { readFloats, worstDifference } from '../../blur/fixtures/read-floats.ts';
import { averageSpectrum } from './average-spectrum.ts';
import { besselJ1 } from './bessel.ts';
import reference from './fixtures/parametric.json' with { type: 'json' };
import { noiseFloor } from './noise-floor.ts';
import { placeWindows } from './place-windows.ts';
import { solveSymmetric } from './solve-symmetric.ts';
import { diskPower, motionPower } from './transfer-power.ts';

const pace = (): Promise<void> => Promise.resolve();
const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

describe('transfer functions', () => {
  it('have the Bessel function of SciPy within 1e-7', () => {
    for (const [x, value] of reference.bessel) expect(Math.abs(besselJ1(x!) - value!)).toBeLessThan(1e-7);
  });

  it('of motion and disk have the power that SciPy gives, within 1e-6', () => {
    for (const [length, frequency, power] of reference.motion) expect(Math.abs(motionPower(length!, frequency!) - power!)).toBeLessThan(1e-6);
    for (const [radius, frequency, power] of reference.disk) expect(Math.abs(diskPower(radius!, frequency!) - power!)).toBeLessThan(1e-6);
  });

  it('of motion follow the convention of motionPsf at every angle', () => {
    fc.assert(fc.property(
      fc.double({ min: 8, max: 30, noNaN: true }), fc.double({ min: 0, max: 180, noNaN: true }),
      fc.double({ min: 0, max: 0.1, noNaN: true }), fc.double({ min: -0.1, max: 0.1, noNaN: true }),
      (length, angle, across, up) => {
        const { width, data, centre } = motionPsf(length, angle);
        let [real, imaginary] = [0, 0];
        data.forEach((weight, i) => {
          const phase = 2 * Math.PI * (across * ((i % width) - centre.x) - up * (Math.floor(i / width) - centre.y));
          real += weight * Math.cos(phase);
          imaginary += weight * Math.sin(phase);
        });
        const turn = (angle * Math.PI) / 180;
        const along = across * Math.cos(turn) + up * Math.sin(turn);
        const aside = up * Math.cos(turn) - across * Math.sin(turn);
        const pixel = (sinc(across) * sinc(up) * sinc(aside)) ** 2;
        expect(Math.abs(real ** 2 + imaginary ** 2 - motionPower(length, along) * pixel)).toBeLessThan(0.08);
      },
    ), { seed: 5, numRuns: 200 });
  });
});

describe('averageSpectrum', () => {
  it('is the tapered power of SciPy for one window, within 1e-5 of the largest', async () => {
    const { side, plane, power } = reference.spectrum;
    const expected = readFloats(power);
    const found = await averageSpectrum(readFloats(plane), { width: side, height: side }, side, pace);
    expect(worstDifference(found.power, expected)).toBeLessThan(1e-5 * Math.max(...expected));
  });

  it('gives white noise its variance at every frequency', async () => {
    const random = createRandom(8);
    const values = Float32Array.from({ length: 400 * 300 }, () => 0.5 + 0.02 * random.normal());
    const spectrum = await averageSpectrum(values, { width: 400, height: 300 }, 64, pace);
    const mean = spectrum.power.reduce((sum, value) => sum + value, 0) / spectrum.power.length;
    expect(mean / 0.02 ** 2).toBeCloseTo(1, 1);
    expect(noiseFloor(spectrum) / 0.02 ** 2).toBeGreaterThan(0.75);
    expect(noiseFloor(spectrum) / 0.02 ** 2).toBeLessThan(1);
  });

  it('leaves out windows that are clipped', async () => {
    const random = createRandom(9);
    const [width, height] = [320, 64];
    const clean = Float32Array.from({ length: width * height }, () => 0.5 + 0.02 * random.normal());
    const clipped = clean.map((value, i) => (i % width < 100 ? Math.min(1, 25 * value) : value));
    const spectrum = await averageSpectrum(clipped, { width, height }, 64, pace);
    expect(Math.max(...spectrum.power.subarray(66))).toBeLessThan(20 * 0.02 ** 2);
  });
});

describe('placeWindows', () => {
  it('covers the picture from edge to edge with a bounded number of windows', () => {
    fc.assert(fc.property(fc.integer({ min: 64, max: 9000 }), fc.integer({ min: 64, max: 9000 }), (width, height) => {
      const corners = placeWindows({ width, height }, 64);
      expect(corners.length).toBeGreaterThan(0);
      expect(corners.length).toBeLessThanOrEqual(96);
      for (const { left, top } of corners) {
        expect(left >= 0 && top >= 0 && left + 64 <= width && top + 64 <= height).toBe(true);
      }
      if (width >= 256 && height >= 256 && width < 4 * height && height < 4 * width) {
        expect(Math.min(...corners.map(({ left }) => left))).toBe(0);
        expect(Math.max(...corners.map(({ top }) => top))).toBe(height - 64);
      }
    }), { seed: 1 });
  });
});

describe('solveSymmetric', () => {
  it('solves positive definite systems', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 1e6 }), (size, seed) => {
      const random = createRandom(seed);
      const root = Float64Array.from({ length: size * size }, () => random.normal());
      const matrix = Float64Array.from({ length: size * size }, (_, k) => {
        const [i, j] = [Math.floor(k / size), k % size];
        let sum = i === j ? 1 : 0;
        for (let l = 0; l < size; l++) sum += root[i * size + l]! * root[j * size + l]!;
        return sum;
      });
      const wanted = Float64Array.from({ length: size }, () => random.normal());
      const right = wanted.map((_, i) => wanted.reduce((sum, value, j) => sum + matrix[i * size + j]! * value, 0));
      expect(worstDifference(solveSymmetric(matrix, right, size), wanted)).toBeLessThan(1e-6);
    }), { seed: 2 });
  });
});
