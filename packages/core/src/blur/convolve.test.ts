import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AbortedError, InvalidArgumentError } from '../errors/index.ts';
import { createImage } from '../image/index.ts';
import type { PixelImage } from '../image/index.ts';
import { createFft2d } from '../fft/index.ts';
import { blur, convolve, convolveLayers, convolveVarying, diskPsf, gaussianPsf, motionPsf, psfFromArray, psfTransfer } from './index.ts';
import type { Psf } from './index.ts';
import { boundaryIndex } from './boundary.ts';
import reference from './fixtures/blur.json' with { type: 'json' };
import { readFloats, worstDifference } from './fixtures/read-floats.ts';
import { createRandom } from './seeded-random.ts';

function plane(width: number, height: number, seed: number, channels: 1 | 3 = 1): PixelImage {
  const random = createRandom(seed);
  const data = Float32Array.from({ length: width * height * channels }, random.uniform);
  return createImage({ width, height, channels, data, transfer: 'linear' });
}

const delta = psfFromArray([1], { width: 1, height: 1 });

describe('convolve', () => {
  const cases = reference.convolutions.flatMap((testCase) =>
    (['reflect', 'wrap', 'replicate', 'valid'] as const).flatMap((boundary) =>
      (['direct', 'fft'] as const).map((method) => ({ ...testCase, boundary, method, expected: testCase[boundary] })),
    ),
  );
  it.each(cases.filter(({ expected }) => expected))(
    'agrees with SciPy within 1e-6: $width×$height, PSF $psf.width×$psf.height, $boundary, $method',
    async ({ width, height, plane: values, psf, boundary, method, expected }) => {
      const image = createImage({ width, height, channels: 1, data: readFloats(values), transfer: 'linear' });
      const kernel = psfFromArray(readFloats(psf.data), { width: psf.width, height: psf.height });
      const result = await convolve(image, kernel, { boundary, method });
      expect(worstDifference(result.data, readFloats(expected!))).toBeLessThan(1e-6);
    },
  );

  it('mixes in linear light or, on request, in sRGB, and leaves alpha, profile and type alone', async () => {
    const { width, height, data, kernel, linear, srgb } = reference.colour;
    const alpha = Uint8Array.from({ length: width * height }, (_, i) => i * 3);
    const icc = Uint8Array.of(1, 2, 3);
    const image = createImage({ width, height, data: Uint8Array.from(data), alpha, icc });
    const psf = psfFromArray(kernel, { width: 3, height: 3 });
    const light = await convolve(image, psf, { type: 'float32' });
    expect(light.transfer).toBe('srgb');
    expect(worstDifference(light.data, readFloats(linear))).toBeLessThan(1e-5);
    expect(worstDifference((await convolve(image, psf, { type: 'float32', space: 'srgb' })).data, readFloats(srgb))).toBeLessThan(1e-5);
    const bytes = await convolve(image, psf);
    expect(bytes.data).toBeInstanceOf(Uint8Array);
    expect(worstDifference(bytes.data, readFloats(linear).map((value) => value * 255))).toBeLessThanOrEqual(0.501);
    expect(bytes.alpha).toEqual(alpha);
    expect(bytes.icc).toEqual(icc);
    const valid = await convolve(image, psf, { boundary: 'valid' });
    expect([valid.width, valid.height]).toEqual([7, 6]);
    expect(valid.alpha![0]).toBe(alpha[width + 1]);
  });

  it('does the same by sums and by transforms, whatever the sizes', async () => {
    const side = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(side, side, fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 25 }), fc.nat(), fc.constantFrom('reflect' as const, 'wrap' as const, 'replicate' as const),
        async (width, height, psfWidth, psfHeight, seed, boundary) => {
          const random = createRandom(seed % 1000);
          const centre = { x: Math.floor(random.uniform() * psfWidth), y: Math.floor(random.uniform() * psfHeight) };
          const weights = Array.from({ length: psfWidth * psfHeight }, random.uniform);
          const psf = psfFromArray(weights, { width: psfWidth, height: psfHeight, centre });
          const image = plane(width, height, 1);
          const [direct, fft] = await Promise.all((['direct', 'fft'] as const).map((method) => convolve(image, psf, { method, boundary })));
          expect(worstDifference(direct!.data, fft!.data)).toBeLessThan(1e-5);
        }),
      { numRuns: 30 },
    );
  });

  it('works by tiles without seams', async () => {
    const image = plane(1700, 40, 2);
    const psf = motionPsf(25, 10);
    const [direct, fft] = await Promise.all((['direct', 'fft'] as const).map((method) => convolve(image, psf, { method })));
    expect(worstDifference(direct!.data, fft!.data)).toBeLessThan(1e-5);
  });

  it('shifts nothing with a centred PSF, and by the offset otherwise', async () => {
    const image = plane(6, 5, 3);
    expect(worstDifference((await convolve(image, delta)).data, image.data)).toBe(0);
    const right = psfFromArray([0, 1], { width: 2, height: 1, centre: { x: 0, y: 0 } });
    const shifted = await convolve(image, right, { boundary: 'wrap' });
    expect(shifted.data[1]).toBe(image.data[0]);
  });

  it('keeps the mean with wrap, and constants with every boundary', async () => {
    const image = plane(31, 22, 4, 3);
    const mean = (picture: PixelImage): number => Array.from(picture.data).reduce((total, value) => total + value, 0) / picture.data.length;
    expect(mean(await convolve(image, diskPsf(9), { boundary: 'wrap', method: 'fft' }))).toBeCloseTo(mean(image), 6);
    const flat = createImage({ width: 9, height: 7, channels: 1, data: new Float32Array(63).fill(0.3) });
    for (const boundary of ['reflect', 'wrap', 'replicate'] as const) {
      const result = await convolve(flat, diskPsf(12.5), { boundary, method: 'fft' });
      expect(worstDifference(result.data, flat.data)).toBeLessThan(1e-6);
    }
  });

  it('refuses what it cannot do', async () => {
    const image = plane(4, 4, 5);
    await expect(convolve(image, gaussianPsf(2), { boundary: 'valid' })).rejects.toThrow(/17×17 is larger than the picture of 4×4/);
    await expect(convolve(image, { ...delta, data: Float32Array.of(NaN) })).rejects.toThrow(InvalidArgumentError);
    await expect(convolve(image, { ...delta, data: Float32Array.of(0) })).rejects.toThrow(/zero/);
    await expect(convolve(image, delta, { boundary: 'mirror' as 'wrap' })).rejects.toThrow(InvalidArgumentError);
    await expect(convolve(image, delta, { space: 'lab' as 'srgb' })).rejects.toThrow(InvalidArgumentError);
    await expect(convolve(image, delta, { method: 'fast' as 'fft' })).rejects.toThrow(InvalidArgumentError);
    await expect(convolve({ ...image, width: 5 }, delta)).rejects.toThrow(InvalidArgumentError);
    await expect(convolve(image, delta, { signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
  });
});

describe('boundaryIndex', () => {
  it.each([
    ['reflect' as const, [2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0]],
    ['wrap' as const, [2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0]],
    ['replicate' as const, [0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2]],
  ])('%s', (boundary, expected) => {
    expect(Array.from({ length: 11 }, (_, i) => boundaryIndex(boundary, i - 4, 3))).toEqual(expected);
  });
});

describe('psfTransfer', () => {
  it('blurs without shifting, also with a PSF larger than the plane', async () => {
    const image = plane(12, 10, 6);
    const fft = await createFft2d({ width: 12, height: 10 });
    for (const psf of [motionPsf(7, 40), psfFromArray([0, 1, 2, 0, 0, 4], { width: 3, height: 2 }), diskPsf(8)]) {
      const blurred = fft.createPlane(image.data);
      fft.filter(blurred, psfTransfer(fft, psf), blurred);
      const expected = await convolve(image, psf, { boundary: 'wrap', method: 'direct' });
      expect(worstDifference(blurred.data, expected.data)).toBeLessThan(1e-5);
    }
  });
});

describe('convolveVarying', () => {
  it('with one PSF everywhere is convolve', async () => {
    const image = plane(50, 41, 7, 3);
    const psf = motionPsf(9, 70);
    const grid = { columns: 3, rows: 2, psfs: Array.from({ length: 6 }, () => psf) };
    const expected = await convolve(image, psf);
    expect(worstDifference((await convolveVarying(image, grid)).data, expected.data)).toBeLessThan(1e-5);
    expect(worstDifference((await convolveVarying(image, grid, { method: 'fft' })).data, expected.data)).toBeLessThan(1e-5);
  });

  it('uses at every pixel the PSF interpolated between the cell centres', async () => {
    const image = plane(40, 24, 8);
    const psfs: Psf[] = [delta, motionPsf(7, 0), gaussianPsf(1), diskPsf(3)];
    const parts = await Promise.all(psfs.map((psf) => convolve(image, psf)));
    const result = await convolveVarying(image, { columns: 2, rows: 2, psfs });
    const share = (position: number, length: number): number => Math.min(1, Math.max(0, ((position + 0.5) * 2) / length - 0.5));
    const expected = Float32Array.from({ length: 40 * 24 }, (_, i) => {
      const u = share(i % 40, 40);
      const v = share(Math.floor(i / 40), 24);
      const [a, b, c, d] = parts.map((part) => part.data[i]!);
      return (1 - v) * ((1 - u) * a! + u * b!) + v * ((1 - u) * c! + u * d!);
    });
    expect(worstDifference(result.data, expected)).toBeLessThan(1e-5);
  });

  it('takes more cells than pixels, and refuses a grid that does not fit', async () => {
    const image = plane(3, 2, 9);
    const grid = { columns: 7, rows: 5, psfs: Array.from({ length: 35 }, () => delta) };
    expect(worstDifference((await convolveVarying(image, grid)).data, image.data)).toBeLessThan(1e-6);
    await expect(convolveVarying(image, { ...grid, rows: 4 })).rejects.toThrow(InvalidArgumentError);
    await expect(convolveVarying(image, grid, { boundary: 'valid' as 'wrap' })).rejects.toThrow(InvalidArgumentError);
  });
});

describe('convolveLayers', () => {
  const foreground = plane(30, 20, 10, 3);
  const background = plane(30, 20, 11, 3);

  it('is the foreground under a full mask and the background under an empty one', async () => {
    const layers = { foreground, background, foregroundPsf: motionPsf(7, 0), backgroundPsf: diskPsf(2) };
    const full = await convolveLayers({ ...layers, mask: new Float32Array(600).fill(1) });
    expect(worstDifference(full.data, (await convolve(foreground, layers.foregroundPsf)).data)).toBeLessThan(1e-5);
    const empty = await convolveLayers({ ...layers, mask: new Float32Array(600) });
    expect(worstDifference(empty.data, (await convolve(background, layers.backgroundPsf)).data)).toBeLessThan(1e-5);
  });

  it('lets the background shine through the blurred edge', async () => {
    const white = createImage({ width: 21, height: 1, channels: 1, data: new Float32Array(21).fill(1), transfer: 'linear' });
    const black = createImage({ width: 21, height: 1, channels: 1, data: new Float32Array(21), transfer: 'linear' });
    const mask = Float32Array.from({ length: 21 }, (_, x) => (x >= 8 && x < 13 ? 1 : 0));
    const { data } = await convolveLayers({ foreground: white, background: black, mask, foregroundPsf: motionPsf(5, 0) });
    const expected = Float32Array.from({ length: 21 }, (_, x) => Math.max(0, 5 - Math.abs(x - 10)) / 5);
    expect(worstDifference(data, expected)).toBeLessThan(1e-6);
  });

  it('refuses parts that do not fit', async () => {
    const layers = { foreground, mask: new Float32Array(600), foregroundPsf: delta };
    await expect(convolveLayers({ ...layers, background: plane(29, 20, 1, 3) })).rejects.toThrow(InvalidArgumentError);
    await expect(convolveLayers({ ...layers, mask: new Float32Array(599) })).rejects.toThrow(/599 values/);
    await expect(convolveLayers({ ...layers, mask: new Float32Array(600).fill(2) })).rejects.toThrow(/2 at pixel 0/);
  });
});

describe('blur', () => {
  const grey = createImage({ width: 80, height: 60, channels: 1, data: new Float32Array(4800).fill(0.5), transfer: 'linear' });

  it('adds the noise it is asked for, from the seed', async () => {
    const noisy = await blur(grey, { psf: 'gaussian:1', noise: 0.05, seed: 4 });
    expect(noisy.data).toEqual((await blur(grey, { psf: gaussianPsf(1), noise: { gaussian: 0.05 }, seed: 4 })).data);
    expect(noisy.data).not.toEqual((await blur(grey, { psf: 'gaussian:1', noise: 0.05, seed: 5 })).data);
    const deviation = (data: ArrayLike<number>): number => Math.sqrt(Array.from(data).reduce((s, v) => s + (v - 0.5) ** 2, 0) / data.length);
    expect(deviation(noisy.data)).toBeCloseTo(0.05, 2);
    const photons = await blur(grey, { psf: delta, noise: { photons: 200 } });
    expect(deviation(photons.data)).toBeCloseTo(Math.sqrt(0.5 / 200), 2);
    expect((photons.data[0]! * 200) % 1).toBeCloseTo(0, 4);
  });

  it('clips like a sensor unless told not to', async () => {
    const clipped = await blur(grey, { psf: delta, noise: 1 });
    expect(Math.max(...clipped.data)).toBe(1);
    expect(Math.min(...clipped.data)).toBe(0);
    expect(Math.max(...(await blur(grey, { psf: delta, noise: 1, clip: false })).data)).toBeGreaterThan(2);
  });

  it('gives the same bytes for the same seed', async () => {
    const image = createImage({ width: 9, height: 8, data: Uint8Array.from(reference.colour.data) });
    const options = { psf: 'motion:3,20', noise: 0.01, seed: 1 };
    expect((await blur(image, options)).data).toEqual((await blur(image, options)).data);
    expect((await blur(image, { ...options, boundary: 'valid' })).width).toBeLessThan(9);
  });

  it.each([NaN, -0.1, 11])('refuses noise of %s', async (noise) => {
    await expect(blur(grey, { psf: delta, noise })).rejects.toThrow(InvalidArgumentError);
  });
});
