import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convolve } from '../blur/convolve.ts';
import { diskPsf } from '../blur/disk-psf.ts';
import { gaussianPsf } from '../blur/gaussian-psf.ts';
import { motionPsf } from '../blur/motion-psf.ts';
import { psfFromArray } from '../blur/psf-from-array.ts';
import { AbortedError, InvalidArgumentError } from '../errors/index.ts';
import { createImage } from '../image/create-image.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { psnr } from '../metrics/psnr.ts';
import { chooseDeconvolutionParameters } from './deconvolution-parameters.ts';
import type { DeconvolutionMethod } from './deconvolution-parameters.ts';
import { deconvolve } from './deconvolve.ts';

const methods: DeconvolutionMethod[] = ['wiener', 'rl', 'rl-tv', 'tv', 'hyper-laplacian', 'whyte'];
const delta = psfFromArray([1], { width: 1, height: 1 });

/** Smooth shapes with edges, in colour. */
function scene(width: number, height: number): PixelImage {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const inside = Math.hypot(x - width * 0.4, y - height * 0.5) < height * 0.3;
    data.set(inside ? [220, 180 - y, 60] : [60 + x, 90, 120 + ((x >> 3) % 2) * 60], 3 * i);
  }
  return createImage({ width, height, data });
}

const differences = (a: PixelImage, b: PixelImage): number =>
  Math.max(...Float64Array.from(a.data, (value, i) => Math.abs(value - b.data[i]!)));

describe.each(methods)('deconvolve with %s', (method) => {
  it('makes a blurred colour picture better and leaves alpha alone', async () => {
    const sharp = { ...scene(90, 70), alpha: new Uint8Array(90 * 70).map((_, i) => i % 256) };
    const psf = motionPsf(9, 30);
    const blurred = await convolve(sharp, psf);
    const { image, noise, parameters } = await deconvolve(blurred, psf, { method });
    expect(psnr(image, sharp)).toBeGreaterThan(psnr(blurred, sharp) + 3);
    expect(image.alpha).toEqual(sharp.alpha);
    expect(image.data).toBeInstanceOf(Uint8Array);
    expect(noise).toBeLessThan(0.01);
    expect(parameters).toEqual(chooseDeconvolutionParameters(method, noise));
  });

  it('keeps a constant picture', async () => {
    const image = createImage({ width: 40, height: 30, data: new Uint8Array(3600).fill(130) });
    expect(differences((await deconvolve(image, diskPsf(3), { method, iterations: 20 })).image, image)).toBeLessThanOrEqual(1);
  });

  it('gives back nearly the picture for a PSF of one pixel', async () => {
    const image = scene(40, 30);
    const result = await deconvolve(image, delta, { method, noise: 0, space: 'srgb' });
    expect(psnr(result.image, image)).toBeGreaterThan(40);
  });

  it.each([[1, 1], [2, 3], [3, 2], [1, 7]])('takes tiny pictures, PSFs of even sizes and the largest noise: %d×%d', async (width, height) => {
    const image = createImage({ width, height, data: new Uint8Array(width * height * 3).map((_, i) => (i * 91) % 256) });
    const even = psfFromArray(new Float32Array(Math.min(width, 2) * Math.min(height, 2)).fill(1), {
      width: Math.min(width, 2), height: Math.min(height, 2),
    });
    for (const noise of [0, 1]) {
      const result = await deconvolve(image, even, { method, noise, iterations: 20, type: 'float32' });
      expect(result.image.data.every(Number.isFinite)).toBe(true);
      expect([result.image.width, result.image.height]).toEqual([width, height]);
    }
  });

  it.each([
    ['of zeros', { ...delta, data: new Float32Array(1) }],
    ['with a negative weight', { ...delta, width: 2, data: Float32Array.of(1.5, -0.5) }],
    ['with a weight that is not a number', { ...delta, data: Float32Array.of(NaN) }],
    ['larger than the picture', diskPsf(20)],
  ])('refuses a PSF %s', async (_, psf) => {
    await expect(deconvolve(scene(32, 24), psf, { method })).rejects.toThrow(InvalidArgumentError);
  });

  it.each(['wrap', 'edgetaper'] as const)('agrees within 1e-4 between WebAssembly and TypeScript (%s)', async (boundary) => {
    const psf = motionPsf(7, 70);
    const blurred = await convolve(scene(60, 50), psf, { type: 'float32' });
    const [wasm, typescript] = await Promise.all(
      (['wasm', 'typescript'] as const).map((implementation) => deconvolve(blurred, psf, { method, implementation, boundary, space: 'srgb' })),
    );
    expect(differences(wasm!.image, typescript!.image)).toBeLessThan(1e-4);
  });

  it('gives finite pixels for pictures of noise, of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(0, 0.01, 1), fc.constantFrom('wrap', 'edgetaper'),
        async (width, height, seed, noise, boundary) => {
          let state = seed;
          const data = Float32Array.from({ length: width * height }, () => {
            state = (Math.imul(state, 1664525) + 1013904223) | 0;
            return state / 2 ** 30;
          });
          const image = createImage({ width, height, channels: 1, data });
          const psf = psfFromArray(new Float32Array(Math.min(width, 3) * Math.min(height, 5)).fill(1), {
            width: Math.min(width, 3), height: Math.min(height, 5),
          });
          const result = await deconvolve(image, psf, { method, noise, boundary, iterations: 10 });
          expect(result.image.data.every(Number.isFinite)).toBe(true);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('deconvolve', () => {
  it('gains from working in the space in which the blur was made', async () => {
    const sharp = scene(90, 70);
    const psf = gaussianPsf(1.5);
    const blurred = await convolve(sharp, psf, { space: 'linear' });
    const [linear, srgb] = await Promise.all([deconvolve(blurred, psf), deconvolve(blurred, psf, { space: 'srgb' })]);
    expect(psnr(linear.image, sharp)).toBeGreaterThan(psnr(srgb.image, sharp));
  });

  it.each([
    ['a PSF larger than the picture', { psf: diskPsf(20) }, {}, /PSF of 41×41 is larger than the picture of 32×24/],
    ['a PSF of zeros', { psf: { ...delta, data: new Float32Array(1) } }, {}, /zero/],
    ['negative noise', {}, { noise: -0.1 }, /from 0 to 1, not -0.1/],
    ['noise that is not a number', {}, { noise: NaN }, /from 0 to 1, not NaN/],
    ['absurd noise', {}, { noise: 25 }, /from 0 to 1, not 25/],
    ['an unknown method', {}, { method: 'magic' as 'tv' }, /one of wiener, rl, .*, not "magic"/],
    ['an unknown boundary', {}, { boundary: 'mirror' as 'wrap' }, /wrap, edgetaper or periodic, not "mirror"/],
    ['an unknown space', {}, { space: 'lab' as 'srgb' }, /linear or srgb/],
    ['a λ of 0', {}, { lambda: 0 }, /lambda must be a number above 0, not 0/],
    ['no iterations', {}, { method: 'rl' as const, iterations: 0 }, /iterations is 0/],
    ['too much total variation', {}, { method: 'rl-tv' as const, totalVariation: 1 }, /\[0, 0.1\], not 1/],
    ['an alpha of 1', {}, { method: 'hyper-laplacian' as const, alpha: 1 }, /between 0 and 1/],
  ])('refuses %s', async (_, { psf = diskPsf(2) }: { psf?: typeof delta }, options, message) => {
    const refusal = deconvolve(scene(32, 24), psf, options);
    await expect(refusal).rejects.toThrow(InvalidArgumentError);
    await expect(refusal).rejects.toThrow(message);
  });

  it('refuses samples that are not finite', async () => {
    const data = new Float32Array(12).fill(0.5);
    data[7] = NaN;
    const image = createImage({ width: 4, height: 3, channels: 1, data });
    await expect(deconvolve(image, delta)).rejects.toThrow(/NaN in column 3, row 1/);
  });

  it('stops when its signal fires, before and during the work', async () => {
    const image = scene(200, 150);
    await expect(deconvolve(image, diskPsf(2), { signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
    const controller = new AbortController();
    const running = deconvolve(image, diskPsf(2), { method: 'rl', iterations: 100_000, signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(running).rejects.toThrow(AbortedError);
  });
});
