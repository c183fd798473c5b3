import { describe, expect, it } from 'vitest';
import { addNoise } from '../blur/noise.ts';
import { convolve } from '../blur/convolve.ts';
import { AbortedError, InvalidArgumentError } from '../errors/index.ts';
import { createImage } from '../image/create-image.ts';
import { crop } from '../image/crop.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { psnr } from '../metrics/psnr.ts';
import { blendHalos } from './blend-halos.ts';
import { estimateMildBlur } from './estimate-mild-blur.ts';
import reference from './fixtures/polyblur.json' with { type: 'json' };
import { holdNoise } from './hold-noise.ts';
import { mildBlurPsf } from './mild-blur.ts';
import { polyblur } from './polyblur.ts';
import { createPolyblurRestorer } from './polyblur-restorer.ts';
import { createReblurFilter } from './reblur-filter.ts';

const { width, height } = reference;

/** Planes are stored as little-endian 16-bit codes of [-0.5, 1.5]. */
function decode(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => ((bytes[2 * i]! + 256 * bytes[2 * i + 1]!) / 65535) * 2 - 0.5);
}

function worst(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  return Array.from(actual).reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
}

const picture = decode(reference.picture);
const planes = { width, height, planes: [picture] };
const slanted = { sigma: 1.8, rho: 0.5, theta: 30 };

describe('against SciPy', () => {
  it.each([
    ['isotropic', { sigma: 1.2, rho: 1, theta: 0 }, { alpha: 2, beta: 3 }], ['anisotropic', slanted, { alpha: 6, beta: 1 }],
  ] as const)('filters with the polynomial of a blur (%s)', async (name, blur, polynomial) => {
    const filter = await createReblurFilter(planes, blur, polynomial);
    expect(worst(filter.apply(picture), decode(reference[name]))).toBeLessThan(2e-4);
    if (name === 'anisotropic') expect(filter.noiseGain).toBeCloseTo(reference.gain, 4);
    filter.dispose();
  });

  it('takes out halos and noise', () => {
    const halos = [decode(reference.anisotropic)];
    blendHalos(planes, halos, 1);
    expect(worst(halos[0]!, decode(reference.withoutHalos))).toBeLessThan(2e-4);
    const noisy = [decode(reference.anisotropic)];
    holdNoise(planes, noisy, 0.01 ** 2 * reference.gain);
    expect(worst(noisy[0]!, decode(reference.withoutNoise))).toBeLessThan(2e-4);
  });

  it('estimates the blur', () => {
    const blur = estimateMildBlur(createImage({ width, height, channels: 1, data: picture }), { space: 'srgb' })!;
    expect(blur.sigma).toBeCloseTo(reference.estimate.sigma, 2);
    expect(blur.sigma * blur.rho).toBeCloseTo(reference.estimate.narrow, 2);
    expect(blur.theta).toBe(reference.estimate.theta);
  });
});

/** Discs of full contrast, so that there are edges in all directions. */
const sharp: PixelImage = createImage({
  width: 120, height: 90, transfer: 'linear',
  data: new Float32Array(120 * 90 * 3).map((_, i) => {
    const [x, y, c] = [Math.floor(i / 3) % 120, Math.floor(i / 3 / 120), i % 3];
    const inside = Math.hypot((x % 40) - 20, (y % 45) - 22) < 13 + 3 * Math.floor(x / 40);
    return inside ? 0.9 - 0.03 * c : 0.08 + 0.02 * c + 0.1 * (x / 120);
  }),
});
const blurBy = (sigma: number, rho = 1, theta = 0): Promise<PixelImage> => convolve(sharp, mildBlurPsf({ sigma, rho, theta }));

describe('estimateMildBlur', () => {
  it.each([1, 1.5, 2, 3])('finds a standard deviation of %d px', async (sigma) => {
    const blur = estimateMildBlur(await blurBy(sigma))!;
    expect(Math.abs(blur.sigma - sigma)).toBeLessThan(0.4);
    expect(blur.rho).toBeGreaterThan(0.85);
  });

  it.each([0, 40, 90, 155])('finds the direction of a blur along %d°', async (theta) => {
    const blur = estimateMildBlur(await blurBy(2.5, 0.5, theta))!;
    expect(Math.abs(((blur.theta - theta + 270) % 180) - 90)).toBeLessThanOrEqual(10);
    expect(blur.rho).toBeLessThan(0.75);
    expect(Math.abs(blur.sigma - 2.5)).toBeLessThan(0.4);
  });

  it('sees none in sharp, constant and tiny pictures', () => {
    expect(estimateMildBlur(sharp)).toBeUndefined();
    expect(estimateMildBlur(createImage({ width: 20, height: 20 }))).toBeUndefined();
    expect(estimateMildBlur(createImage({ width: 2, height: 2, data: new Uint8Array(12).map((_, i) => 20 * i) }))).toBeUndefined();
  });
});

describe('polyblur', () => {
  it.each([[1, 0], [2, 0], [1, 0.01], [2, 0.01]])('brings a picture blurred by %d px, with noise %d, nearer to the sharp one', async (sigma, noise) => {
    const blurred = addNoise(await blurBy(sigma), { gaussian: noise });
    const { image, blurs } = await polyblur(blurred);
    expect(blurs).toHaveLength(1);
    expect(psnr(image, sharp)).toBeGreaterThan(psnr(blurred, sharp) + 0.5);
  });

  it('leaves sharp and constant pictures as they are', async () => {
    for (const image of [sharp, createImage({ width: 30, height: 20, data: new Uint8Array(1800).fill(77) })]) {
      const result = await polyblur(image);
      expect(result.blurs).toEqual([]);
      expect(result.image.data).toEqual(image.data);
    }
  });

  it('goes on with what is left, and less far with less strength', async () => {
    const blurred = await blurBy(1.5);
    const thrice = await polyblur(blurred, { iterations: 3 });
    expect(thrice.blurs.length).toBeGreaterThan(1);
    expect(thrice.blurs[1]!.sigma).toBeLessThan(thrice.blurs[0]!.sigma);
    const [half, full] = [await polyblur(blurred, { strength: 0.5 }), await polyblur(blurred)];
    const middle = full.image.data.map((value, i) => (value + blurred.data[i]!) / 2);
    expect(worst(half.image.data, middle)).toBeLessThan(1e-5);
  });

  it('keeps grey grey, alpha, profile, metadata and type', async () => {
    const data = new Uint8Array(50 * 40).map((_, i) => 255 / (1 + Math.exp(((i % 50) - 25) / 2)));
    const alpha = new Uint8Array(50 * 40).map((_, i) => (i * 13) % 256);
    const image = createImage({ width: 50, height: 40, channels: 1, data, alpha, icc: new Uint8Array([4]), metadata: { density: 72 } });
    const { image: restored, blurs } = await polyblur(image);
    expect(blurs).toHaveLength(1);
    expect(restored).toMatchObject({ width: 50, height: 40, channels: 1, transfer: 'srgb', alpha, icc: new Uint8Array([4]), metadata: { density: 72 } });
    expect(restored.data).toBeInstanceOf(Uint8Array);
    expect(restored.data).not.toEqual(data);
  });

  it.each([
    [{ iterations: 0 }, /iterations/], [{ iterations: 4 }, /iterations/], [{ iterations: 1.5 }, /iterations/], [{ strength: -0.1 }, /strength/],
    [{ strength: NaN }, /strength/], [{ alpha: -1 }, /alpha/], [{ beta: 0 }, /beta/], [{ beta: NaN }, /beta/], [{ noise: -1 }, /noise/],
    [{ noise: NaN }, /noise/], [{ space: 'rgb' }, /space/],
  ])('refuses %j', async (options, message) => {
    await expect(polyblur(sharp, options as object)).rejects.toSatisfy((error) => InvalidArgumentError.isInstance(error) && message.test(error.message));
  });

  it('refuses samples that are not finite, and stops when told to', async () => {
    await expect(polyblur({ ...sharp, data: Float32Array.from(sharp.data).fill(Infinity, 4, 5) })).rejects.toThrow(/column 1, row 0/);
    await expect(polyblur(sharp, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(AbortedError);
  });
});

describe('createPolyblurRestorer', () => {
  it('gives tiles what the whole picture gets, outside their halo', async () => {
    const blurred = await blurBy(0.9, 0.6, 20);
    const whole = await polyblur(blurred, { iterations: 2 });
    expect(whole.blurs).toHaveLength(2);
    const restorer = createPolyblurRestorer(whole.blurs, { noise: whole.noise });
    const tile = { width: 80, height: 90 };
    const [part] = await restorer.prepare({ channels: 3, type: 'float32', transfer: 'linear' }, tile).run([crop(blurred, { left: 0, top: 0, ...tile }).data]);
    const shown = { left: 0, top: 0, width: tile.width - restorer.halo, height: 90 };
    const image = (data: Float32Array): PixelImage => ({ ...sharp, ...tile, data });
    expect(worst(crop(image(part!), shown).data, crop(whole.image, shown).data)).toBeLessThan(1e-4);
    expect(restorer.overlap).toBeGreaterThanOrEqual(2 * restorer.halo);
  });

  it('refuses blurs and options that make no sense, and stops when told to', async () => {
    for (const blur of [{ ...slanted, sigma: 0 }, { ...slanted, sigma: NaN }, { ...slanted, rho: 1.5 }, { ...slanted, theta: Infinity }]) {
      expect(() => createPolyblurRestorer([blur], { noise: 0 })).toThrow(InvalidArgumentError);
    }
    expect(() => createPolyblurRestorer([slanted], { noise: -1 })).toThrow(InvalidArgumentError);
    expect(() => createPolyblurRestorer([slanted], { noise: 0, strength: 2 })).toThrow(InvalidArgumentError);
    const program = createPolyblurRestorer([slanted], { noise: 0 }).prepare({ channels: 1, type: 'uint8', transfer: 'srgb' }, { width: 90, height: 90 });
    await expect(program.run([new Uint8Array(8100)], AbortSignal.abort())).rejects.toBeInstanceOf(AbortedError);
  });
});
