import { describe, expect, it } from 'vitest';
import { addNoise } from '../../blur/noise.ts';
import { convolve } from '../../blur/convolve.ts';
import { motionPsf } from '../../blur/motion-psf.ts';
import { psfFromArray } from '../../blur/psf-from-array.ts';
import { AbortedError, InvalidArgumentError } from '../../errors/index.ts';
import { createImage } from '../../image/create-image.ts';
import { crop } from '../../image/crop.ts';
import type { PixelImage } from '../../image/pixel-image.ts';
import { psnr } from '../../metrics/psnr.ts';
import type { Denoiser, NoisyPicture } from './denoiser.ts';
import { deconvolvePlugAndPlay } from './deconvolve-plug-and-play.ts';
import reference from './fixtures/plug-and-play.json' with { type: 'json' };
import { createPlugAndPlayRestorer } from './plug-and-play-restorer.ts';

const { width, height, noise } = reference;
const psf = psfFromArray(reference.psf.weights, reference.psf);
const pixels = width * height;

/** Planes are stored as little-endian 16-bit codes of [-0.5, 1.5]. */
function decode(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => ((bytes[2 * i]! + 256 * bytes[2 * i + 1]!) / 65535) * 2 - 0.5);
}

const interleave = (planes: Float32Array): Float32Array => planes.map((_, i) => planes[(i % 3) * pixels + Math.floor(i / 3)]!);

function worst(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  return Array.from(actual).reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
}

/** The denoiser of the reference: mixes a pixel with its four neighbours, circular. */
const mixing: Denoiser = {
  async denoise(picture, sigma) {
    const share = Math.min(1, 4 * sigma);
    const at = (x: number, y: number, c: number): number =>
      picture.data[(((y + picture.height) % picture.height) * picture.width + ((x + picture.width) % picture.width)) * 3 + c]!;
    return picture.data.map((value, i) => {
      const [x, y, c] = [Math.floor(i / 3) % picture.width, Math.floor(i / 3 / picture.width), i % 3];
      return (1 - share) * value + (share / 4) * (at(x - 1, y, c) + at(x + 1, y, c) + at(x, y - 1, c) + at(x, y + 1, c));
    });
  },
};

/** Mean of those of 5×5 neighbours that differ by less than 3σ (Lee's sigma filter). */
const sigmaFilter: Denoiser = {
  async denoise({ data, width: w, height: h }, sigma) {
    return data.map((value, i) => {
      const [x, y, c] = [Math.floor(i / 3) % w, Math.floor(i / 3 / w), i % 3];
      let [sum, count] = [0, 0];
      for (let v = Math.max(0, y - 2); v <= Math.min(h - 1, y + 2); v++) {
        for (let u = Math.max(0, x - 2); u <= Math.min(w - 1, x + 2); u++) {
          const other = data[(v * w + u) * 3 + c]!;
          if (Math.abs(other - value) > 3 * sigma) continue;
          sum += other;
          count++;
        }
      }
      return sum / count;
    });
  },
};

const colour = createImage({ width, height, data: interleave(decode(reference.planes)) });
const grey = createImage({ width, height, channels: 1, data: decode(reference.planes).slice(0, pixels) });
const exact = { denoiser: mixing, noise, space: 'srgb', boundary: 'periodic' } as const;

describe('deconvolvePlugAndPlay', () => {
  it.each(['wasm', 'typescript'] as const)('agrees with NumPy on colour (%s)', async (implementation) => {
    const { image, parameters } = await deconvolvePlugAndPlay(colour, psf, { ...exact, implementation, iterations: 5 });
    expect(worst(image.data, interleave(decode(reference.colour)))).toBeLessThan(1e-4);
    expect(parameters).toEqual({ lambda: 0.23, iterations: 5 });
  });

  it('agrees with NumPy on grey, with σ·√3', async () => {
    const { image } = await deconvolvePlugAndPlay(grey, psf, { ...exact, lambda: 0.4 });
    expect(worst(image.data, decode(reference.grey))).toBeLessThan(1e-4);
  });

  it('shows the denoiser all flips and turns, values in [0,1], and levels from 49/255 to the noise within its range', async () => {
    const seen: { picture: NoisyPicture; sigma: number }[] = [];
    const recording: Denoiser = {
      noiseRange: { minimum: 0.03, maximum: 0.15 },
      async denoise(picture, sigma) {
        seen.push({ picture, sigma });
        return picture.data.slice();
      },
    };
    await deconvolvePlugAndPlay(colour, psf, { ...exact, denoiser: recording });
    expect(seen.map(({ picture }) => picture.width)).toEqual([width, width, width, width, height, height, height, height]);
    const corners = seen.map(({ picture: { data, width: w } }) => [0, w - 1, data.length / 3 - w, data.length / 3 - 1].indexOf(
      [0, w - 1, data.length / 3 - w, data.length / 3 - 1].reduce((a, b) => (data[3 * b]! > data[3 * a]! ? b : a)),
    ));
    expect(new Set(corners).size).toBe(4);
    expect(seen.every(({ picture }) => picture.data.every((value) => value >= 0 && value <= 1))).toBe(true);
    expect(seen[0]!.sigma).toBe(0.15);
    expect(seen[2]!.sigma).toBeCloseTo((49 / 255) * ((noise * 255) / 49) ** (2 / 7), 6);
    expect(seen[7]!.sigma).toBe(0.03);
  });

  it('sharpens a noisy picture of another size, in linear light, and estimates the noise', async () => {
    const sharp = blocks(61, 47);
    const stroke = motionPsf(7, 30);
    const blurred = addNoise(await convolve(sharp, stroke), { gaussian: 0.005 });
    const result = await deconvolvePlugAndPlay(blurred, stroke, { denoiser: sigmaFilter });
    expect(result.noise).toBeGreaterThan(0.002);
    expect(result.noise).toBeLessThan(0.02);
    expect(psnr(result.image, sharp)).toBeGreaterThan(psnr(blurred, sharp) + 3);
  });

  it('does not let what lies beyond the picture hold the estimate back', async () => {
    const scene = blocks(90, 64);
    const stroke = motionPsf(15, 0);
    const sharp = crop(scene, { left: 7, top: 0, width: 76, height: 64 });
    const blurred = await convolve(scene, stroke, { boundary: 'valid', space: 'srgb' });
    const restore = async (boundary: 'wrap' | 'edgetaper'): Promise<number> =>
      psnr((await deconvolvePlugAndPlay(blurred, stroke, { denoiser: sigmaFilter, noise: 0.005, space: 'srgb', boundary })).image, sharp);
    const [wrap, edgetaper] = [await restore('wrap'), await restore('edgetaper')];
    expect(wrap).toBeGreaterThan(edgetaper);
  });

  it('keeps alpha, profile, metadata and type', async () => {
    const alpha = Uint16Array.from({ length: pixels }, (_, i) => (i * 977) % 65536);
    const image = createImage({
      width, height, data: Uint16Array.from(colour.data, (value) => Math.max(0, value) * 60000), alpha, icc: new Uint8Array([4]), metadata: { density: 72 },
    });
    const { image: restored } = await deconvolvePlugAndPlay(image, psf, { ...exact, iterations: 2 });
    expect(restored).toMatchObject({ width, height, channels: 3, transfer: 'srgb', icc: new Uint8Array([4]), metadata: { density: 72 } });
    expect(restored.alpha).toEqual(alpha);
    expect(restored.data).toBeInstanceOf(Uint16Array);
  });

  it('reports each iteration, and stops when told to, the denoiser too', async () => {
    const controller = new AbortController();
    const steps: number[] = [];
    let calls = 0;
    const denoiser: Denoiser = {
      async denoise({ data }, _sigma, { signal } = {}) {
        if (++calls === 3) controller.abort();
        AbortedError.throwIfAborted(signal);
        return data;
      },
    };
    const running = deconvolvePlugAndPlay(colour, psf, {
      ...exact, denoiser, signal: controller.signal, onProgress: ({ stage, done, total }) => steps.push(stage === 'restore' && total === 8 ? done : NaN),
    });
    await expect(running).rejects.toBeInstanceOf(AbortedError);
    expect(calls).toBe(3);
    expect(steps).toEqual([0, 1, 2]);
    await expect(deconvolvePlugAndPlay(colour, psf, { ...exact, signal: AbortSignal.abort() })).rejects.toBeInstanceOf(AbortedError);
  });

  it('refuses what a denoiser must not return', async () => {
    const returning = (make: (picture: NoisyPicture) => unknown): Promise<unknown> =>
      deconvolvePlugAndPlay(colour, psf, { ...exact, denoiser: { denoise: async (picture) => make(picture) as Float32Array } });
    await expect(returning(({ data }) => data.slice(3))).rejects.toThrow(/3597 values.*3600 values/);
    await expect(returning(({ data }) => Array.from(data))).rejects.toThrow(InvalidArgumentError);
    await expect(returning(({ data }) => data.slice().fill(NaN, 7, 8))).rejects.toThrow(/NaN as value 7/);
  });

  it.each([
    [{ denoiser: undefined }, /needs a denoiser/], [{ denoiser: { denoise: 3 } }, /needs a denoiser/],
    [{ denoiser: { ...mixing, noiseRange: { minimum: 1, maximum: 0 } } }, /noise range/],
    [{ noise: -1 }, /noise/], [{ noise: NaN }, /noise/], [{ noise: 1.5 }, /noise/],
    [{ lambda: 0 }, /lambda/], [{ lambda: NaN }, /lambda/],
    [{ iterations: 1 }, /iterations/], [{ iterations: 2.5 }, /iterations/], [{ iterations: 1e9 }, /iterations/],
    [{ boundary: 'mirror' }, /boundary/], [{ space: 'rgb' }, /space/],
  ])('refuses %j', async (options, message) => {
    const all = { ...exact, ...options } as unknown as Parameters<typeof deconvolvePlugAndPlay>[2];
    await expect(deconvolvePlugAndPlay(colour, psf, all)).rejects.toSatisfy((error) => InvalidArgumentError.isInstance(error) && message.test(error.message));
  });

  it('refuses pictures that are not finite and PSFs larger than the picture', async () => {
    const broken = createImage({ width, height, data: Float32Array.from(colour.data).fill(NaN, 30, 31) });
    await expect(deconvolvePlugAndPlay(broken, psf, exact)).rejects.toThrow(/NaN in column 10, row 0/);
    await expect(deconvolvePlugAndPlay(colour, motionPsf(99, 0), exact)).rejects.toThrow(InvalidArgumentError);
  });
});

describe('createPlugAndPlayRestorer', () => {
  const restorer = createPlugAndPlayRestorer(psf, { denoiser: mixing, noise, space: 'srgb' });

  it('does to a tile what deconvolvePlugAndPlay does to a picture, also when tiles are asked for at the same time', async () => {
    const data = Float32Array.from(colour.data);
    const mirrored = data.slice().reverse();
    const program = restorer.prepare({ channels: 3, type: 'float32', transfer: 'srgb' }, { width, height });
    const [[first], [second]] = await Promise.all([program.run([data]), program.run([mirrored])]);
    const whole = async (pixelData: Float32Array): Promise<unknown> =>
      (await deconvolvePlugAndPlay({ ...colour, data: pixelData }, psf, { denoiser: mixing, noise, space: 'srgb' })).image.data;
    expect(first).toEqual(await whole(data));
    expect(second).toEqual(await whole(mirrored));
  });

  it('goes on with the next tile after one was aborted', async () => {
    const program = restorer.prepare({ channels: 1, type: 'float32', transfer: 'srgb' }, { width, height });
    await expect(program.run([grey.data], AbortSignal.abort())).rejects.toBeInstanceOf(AbortedError);
    expect((await program.run([grey.data]))[0]).toHaveLength(pixels);
  });

  it('shares what tiles lack, and refuses options that do not work for any', () => {
    expect(restorer.overlap).toBeGreaterThanOrEqual(2 * restorer.halo);
    expect(() => createPlugAndPlayRestorer(psf, { denoiser: mixing, noise: NaN })).toThrow(InvalidArgumentError);
    expect(() => createPlugAndPlayRestorer({ ...psf, data: new Float32Array(1) }, { denoiser: mixing, noise })).toThrow(InvalidArgumentError);
  });
});

function blocks(w: number, h: number): PixelImage {
  const data = new Float32Array(w * h * 3).map((_, i) => {
    const [x, y] = [Math.floor(i / 3) % w, Math.floor(i / 3 / w)];
    return 0.2 + 0.5 * ((((x >> 3) * 7 + (y >> 3) * 13) % 5) / 4) + 0.05 * (i % 3);
  });
  return createImage({ width: w, height: h, data });
}
