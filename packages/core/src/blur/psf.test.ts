import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import {
  boxPsf, cameraShakePsf, centrePsf, composePsfs, diskPsf, gaussianPsf, motionPsf, normalisePsf, parsePsf, psfCentroid, psfFromArray,
  psfFromImage, psfToImage, resamplePsf, rotatePsf, validatePsf,
} from './index.ts';
import type { Psf } from './index.ts';
import reference from './fixtures/blur.json' with { type: 'json' };
import { readFloats, worstDifference } from './fixtures/read-floats.ts';

/** The PSF on an array with these reaches around its centre. */
function place(psf: Psf, radiusX: number, radiusY: number = radiusX): Float32Array {
  const width = 2 * radiusX + 1;
  const placed = new Float32Array(width * (2 * radiusY + 1));
  psf.data.forEach((weight, i) => {
    const x = (i % psf.width) - psf.centre.x + radiusX;
    const y = Math.floor(i / psf.width) - psf.centre.y + radiusY;
    if (x >= 0 && x < width && y >= 0 && y <= 2 * radiusY) placed[y * width + x] = weight;
    else expect(weight).toBe(0);
  });
  return placed;
}

const sum = (psf: Psf): number => psf.data.reduce((total, weight) => total + weight, 0);

/** Variances and covariance in pixels². */
function moments(psf: Psf): { x: number; y: number; xx: number; yy: number; xy: number } {
  const { x, y } = psfCentroid(psf);
  let [xx, yy, xy] = [0, 0, 0];
  psf.data.forEach((weight, i) => {
    const dx = (i % psf.width) - x;
    const dy = Math.floor(i / psf.width) - y;
    xx += weight * dx * dx;
    yy += weight * dy * dy;
    xy += weight * dx * dy;
  });
  return { x, y, xx, yy, xy };
}

const psfs = fc.oneof(
  fc.double({ min: 0.1, max: 6, noNaN: true }).map(gaussianPsf),
  fc.tuple(fc.double({ min: 0.1, max: 40, noNaN: true }), fc.double({ min: -720, max: 720, noNaN: true })).map(([l, a]) => motionPsf(l, a)),
  fc.double({ min: 0.05, max: 15, noNaN: true }).map(diskPsf),
  fc.tuple(fc.double({ min: 0.1, max: 15, noNaN: true }), fc.double({ min: 0.1, max: 15, noNaN: true })).map(([w, h]) => boxPsf(w, h)),
);

describe('generators', () => {
  it.each(reference.gaussians)('gaussian $sigma is the one of SciPy within 1e-6', ({ sigma, side, data }) => {
    const psf = gaussianPsf(sigma);
    expect([psf.width, psf.height]).toEqual([side, side]);
    expect(worstDifference(psf.data, readFloats(data))).toBeLessThan(1e-6);
  });

  it.each(reference.coverage)('$psf weighs pixels by the area covered, within 2 % of the largest weight', ({ psf, radius, data }) => {
    const expected = readFloats(data);
    expect(worstDifference(place(parsePsf(psf), radius), expected)).toBeLessThan(0.02 * Math.max(...expected));
  });

  it('are valid, centred in the middle and point-symmetric', () => {
    fc.assert(
      fc.property(psfs, (psf) => {
        validatePsf(psf);
        expect(sum(psf)).toBeCloseTo(1, 5);
        expect(psf.centre).toEqual({ x: (psf.width - 1) / 2, y: (psf.height - 1) / 2 });
        expect(worstDifference(psf.data, psf.data.slice().reverse())).toBeLessThan(1e-5);
      }),
    );
  });

  it('make whole odd lengths along the axes even lines', () => {
    expect([...motionPsf(15, 0).data]).toEqual(Array(15).fill(Math.fround(1 / 15)));
    expect(motionPsf(15, 0).height).toBe(1);
    expect(motionPsf(7, 90).width).toBe(1);
    expect(motionPsf(7, -270).height).toBe(7);
    expect([...boxPsf(3, 1).data]).toEqual(Array(3).fill(Math.fround(1 / 3)));
    expect([...boxPsf(2, 1).data]).toEqual([0.25, 0.5, 0.25]);
  });

  it('turn motion counter-clockwise on the screen', () => {
    const { xx, yy, xy } = moments(motionPsf(31, 20));
    expect(xy).toBeLessThan(0); // right and up, with rows counted downwards
    expect((Math.atan2(-2 * xy, xx - yy) / 2) * (180 / Math.PI)).toBeCloseTo(20, 1);
  });

  it('give motion and disks the variance of their shape', () => {
    fc.assert(
      fc.property(fc.double({ min: 3, max: 40, noNaN: true }), fc.double({ min: 0, max: 180, noNaN: true }), (length, angle) => {
        const { xx, yy } = moments(motionPsf(length, angle));
        // A line one pixel wide, seen by pixels: between -1/12 (on the pixel grid) and 1/4 more than the line without width.
        expect(Math.abs(xx + yy - (length ** 2 + 1) / 12)).toBeLessThan(0.4);
        const disk = moments(diskPsf(length / 2));
        expect(Math.abs(disk.xx - length ** 2 / 16 - 1 / 12)).toBeLessThan(0.09);
      }),
    );
  });

  it('draw camera shakes from their seed, centred by weight', () => {
    const first = cameraShakePsf({ length: 30, seed: 5 });
    expect(first).toEqual(cameraShakePsf({ length: 30, seed: 5 }));
    expect(first.data).not.toEqual(cameraShakePsf({ length: 30, seed: 6 }).data);
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 1, max: 80, noNaN: true }), fc.double({ min: 0, max: 0.1, noNaN: true }), (seed, length, anxiety) => {
        const psf = cameraShakePsf({ length, seed, anxiety, samples: 300 });
        validatePsf(psf);
        const { x, y } = psfCentroid(psf);
        expect(Math.abs(x - psf.centre.x)).toBeLessThan(1e-3);
        expect(Math.abs(y - psf.centre.y)).toBeLessThan(1e-3);
        expect(Math.max(psf.width, psf.height)).toBeLessThanOrEqual(2 * Math.ceil(length) + 1);
      }),
    );
  });

  it('draw a straight line for a hand that does not shake', () => {
    const { xx, yy, xy } = moments(cameraShakePsf({ length: 20, seed: 1, anxiety: 0 }));
    expect(xx + yy).toBeCloseTo(20 ** 2 / 12 + 1 / 3, 0);
    expect(xx * yy - xy * xy).toBeLessThan(0.4 * (xx + yy));
  });

  it.each([
    ['gaussian of 0', () => gaussianPsf(0)],
    ['gaussian of -1', () => gaussianPsf(-1)],
    ['gaussian of NaN', () => gaussianPsf(NaN)],
    ['gaussian of 1e6', () => gaussianPsf(1e6)],
    ['motion of length 0', () => motionPsf(0, 10)],
    ['motion of angle NaN', () => motionPsf(10, NaN)],
    ['disk of infinite radius', () => diskPsf(Infinity)],
    ['box of height -1', () => boxPsf(3, -1)],
    ['shake of seed 1.5', () => cameraShakePsf({ length: 10, seed: 1.5 })],
    ['shake of anxiety 2', () => cameraShakePsf({ length: 10, seed: 1, anxiety: 2 })],
  ])('refuse a %s', (_, make) => {
    expect(make).toThrow(InvalidArgumentError);
  });
});

describe('psfFromArray and pictures', () => {
  it('scales to sum 1 and puts the centre in the middle', () => {
    expect(psfFromArray([1, 2, 3, 2], { width: 2, height: 2 })).toEqual({
      width: 2, height: 2, data: Float32Array.of(0.125, 0.25, 0.375, 0.25), centre: { x: 1, y: 1 },
    });
  });

  it.each([
    [[0, 0], { width: 2, height: 1 }, /All weights of the PSF are zero/],
    [[1, -1], { width: 2, height: 1 }, /weight -1 in column 1, row 0/],
    [[1, NaN], { width: 1, height: 2 }, /weight NaN in column 0, row 1/],
    [[1, Infinity], { width: 2, height: 1 }, /weight Infinity/],
    [[1e308, 1e308], { width: 2, height: 1 }, /too large/],
    [[1], { width: 2, height: 1 }, /needs 2 weights, not 1/],
    [[], { width: 0, height: 1 }, /0×1 is not possible/],
    [[1, 1], { width: 2, height: 1, centre: { x: 2, y: 0 } }, /centre \(2, 0\) is not a pixel/],
  ])('refuses %j in %j', (weights, shape, message) => {
    expect(() => psfFromArray(weights, shape)).toThrow(InvalidArgumentError);
    expect(() => psfFromArray(weights, shape)).toThrow(message);
  });

  it('reads pictures of 8 and 16 bit, grey and RGB, and writes one that it reads again', () => {
    const grey = psfFromImage({ width: 3, height: 1, channels: 1, data: Uint8Array.of(10, 20, 10), transfer: 'srgb' });
    expect([...grey.data]).toEqual([0.25, 0.5, 0.25]);
    const deep = psfFromImage({ width: 1, height: 2, channels: 3, data: Uint16Array.of(300, 300, 0, 600, 0, 0), transfer: 'srgb' });
    expect([...deep.data]).toEqual([0.5, 0.5]);
    expect(psfToImage(grey).data).toEqual(Float32Array.of(0.5, 1, 0.5));
    const psf = motionPsf(9, 33);
    expect(worstDifference(psfFromImage(psfToImage(psf)).data, psf.data)).toBeLessThan(1e-6);
    expect(() => psfFromImage({ width: 1, height: 1, channels: 1, data: new Uint8Array(1), transfer: 'srgb' })).toThrow(/zero/);
  });

  it('normalises and validates', () => {
    const double: Psf = { width: 1, height: 1, data: Float32Array.of(2), centre: { x: 0, y: 0 } };
    expect(() => validatePsf(double)).toThrow(/sum to 2, not 1/);
    expect(normalisePsf(double).data).toEqual(Float32Array.of(1));
    expect(() => validatePsf({ ...double, data: [1] } as unknown as Psf)).toThrow(InvalidArgumentError);
    expect(() => validatePsf(undefined as unknown as Psf)).toThrow(InvalidArgumentError);
  });
});

describe('arithmetic', () => {
  it('composes: variances add, sizes too', () => {
    fc.assert(
      fc.property(psfs, psfs, (a, b) => {
        const both = composePsfs(a, b);
        validatePsf(both);
        expect(both.width).toBe(a.width + b.width - 1);
        const [first, second, result] = [moments(a), moments(b), moments(both)];
        expect(result.xx).toBeCloseTo(first.xx + second.xx, 2);
        expect(result.yy).toBeCloseTo(first.yy + second.yy, 2);
      }),
      { numRuns: 30 },
    );
    expect(worstDifference(composePsfs(gaussianPsf(3), gaussianPsf(4)).data.slice(0, 10), gaussianPsf(5).data.slice(0, 10))).toBeLessThan(1e-4);
  });

  it('rotates as SciPy does, within 1e-6', () => {
    const { side, angle, kernel, data } = reference.rotated;
    const psf = psfFromArray(readFloats(kernel), { width: side, height: side });
    const radius = 10;
    const turned = place(rotatePsf(psf, angle), radius);
    const expected = place(psfFromArray(readFloats(data), { width: side, height: side }), radius);
    expect(worstDifference(turned, expected)).toBeLessThan(1e-6);
  });

  it('turns quarters exactly and carries motion along', () => {
    const psf = psfFromArray([1, 2, 3, 4, 5, 6], { width: 3, height: 2 });
    const quarter = place(rotatePsf(psf, 90), 1);
    // Row 1, column 1 is the centre; the right neighbour goes up.
    expect(quarter.map((weight) => Math.round(weight * 21))).toEqual(Float32Array.of(3, 6, 0, 2, 5, 0, 1, 4, 0));
    expect(place(rotatePsf(rotatePsf(psf, 180), -180), 2)).toEqual(place(psf, 2));
    const { xx, yy, xy } = moments(rotatePsf(motionPsf(31, 10), 35));
    expect((Math.atan2(-2 * xy, xx - yy) / 2) * (180 / Math.PI)).toBeCloseTo(45, 0);
  });

  it('resamples: lengths scale about the centre', () => {
    fc.assert(
      fc.property(fc.double({ min: 1.5, max: 5, noNaN: true }), fc.double({ min: 0.3, max: 3, noNaN: true }), (sigma, scale) => {
        const resampled = resamplePsf(gaussianPsf(sigma), scale);
        validatePsf(resampled);
        const { x, y, xx } = moments(resampled);
        expect(x).toBeCloseTo(resampled.centre.x, 4);
        expect(y).toBeCloseTo(resampled.centre.y, 4);
        // Interpolation by triangles adds up to their variance, nothing where the grids coincide.
        const added = xx - (sigma * scale) ** 2;
        expect(added).toBeGreaterThan(-0.02 - 0.01 * (sigma * scale) ** 2);
        expect(added).toBeLessThan(1.2 * (Math.max(1, scale) ** 2 / 6) + 0.05 + 0.01 * (sigma * scale) ** 2);
      }),
    );
    expect(resamplePsf(motionPsf(9, 20), 1)).toEqual(centrePsf(motionPsf(9, 20)));
    expect(() => resamplePsf(gaussianPsf(1), 0)).toThrow(InvalidArgumentError);
  });

  it('centres by weight', () => {
    const psf = psfFromArray([0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0], { width: 4, height: 3, centre: { x: 0, y: 0 } });
    const centred = centrePsf(psf);
    expect(centred.centre).toEqual({ x: (centred.width - 1) / 2, y: (centred.height - 1) / 2 });
    const { x, y } = psfCentroid(centred);
    expect(Math.abs(x - centred.centre.x)).toBeLessThanOrEqual(0.5);
    expect(y).toBe(centred.centre.y);
    expect(centred.height).toBe(1);
  });
});

describe('parsePsf', () => {
  it('reads every form', () => {
    expect(parsePsf('motion:15,30')).toEqual(motionPsf(15, 30));
    expect(parsePsf(' gaussian: 1.6 ')).toEqual(gaussianPsf(1.6));
    expect(parsePsf('disk:4')).toEqual(diskPsf(4));
    expect(parsePsf('box:5')).toEqual(boxPsf(5));
    expect(parsePsf('box:5,2')).toEqual(boxPsf(5, 2));
    expect(parsePsf('camera-shake:20,3')).toEqual(cameraShakePsf({ length: 20, seed: 3 }));
  });

  it.each(['', 'motion', 'motion:', 'motion:15', 'motion:15,', 'motion:15,30,1', 'disk:x', 'disk:-1', 'lens:4', 'toString:1', 'box:0x', 'disk:1e999'])(
    'refuses "%s"',
    (text) => {
      expect(() => parsePsf(text)).toThrow(InvalidArgumentError);
    },
  );
});
