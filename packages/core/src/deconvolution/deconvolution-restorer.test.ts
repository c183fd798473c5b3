import { describe, expect, it } from 'vitest';
import { convolve } from '../blur/convolve.ts';
import { motionPsf } from '../blur/motion-psf.ts';
import { psfFromArray } from '../blur/psf-from-array.ts';
import { AbortedError, InvalidArgumentError } from '../errors/index.ts';
import { createImage } from '../image/create-image.ts';
import { crop } from '../image/crop.ts';
import type { TileProgram } from '../runtime/tile-program.ts';
import { batches, createStitcher, planTiles } from '../tiling/index.ts';
import type { TilePosition } from '../tiling/index.ts';
import type { DeconvolutionMethod } from './deconvolution-parameters.ts';
import { createDeconvolutionRestorer } from './deconvolution-restorer.ts';
import { deconvolve } from './deconvolve.ts';
import { decodePlane as decode } from './fixtures/decode-plane.ts';
import reference from './fixtures/deconvolution.json' with { type: 'json' };

const methods: DeconvolutionMethod[] = ['wiener', 'rl', 'rl-tv', 'tv', 'hyper-laplacian', 'whyte'];

const psf = motionPsf(5, 20);
const [width, height] = [150, 60];
const sharp = createImage({
  width, height,
  data: new Uint8Array(width * height * 3).map((_, i) => 60 + 90 * (((i / 24) ^ (i / (9 * width * 3))) & 1) + (i % 3) * 20),
});

describe('createDeconvolutionRestorer', () => {
  it('does to a tile what deconvolve does to a picture', async () => {
    const blurred = await convolve(sharp, psf);
    const restorer = createDeconvolutionRestorer(psf, { noise: 0.002 });
    const program = restorer.prepare({ channels: 3, type: 'uint8', transfer: 'srgb' }, { width, height });
    const [first, second] = await program.run([blurred.data, blurred.data]);
    const whole = await deconvolve(blurred, psf, { noise: 0.002, type: 'float32' });
    expect(first).toEqual(whole.image.data);
    expect(second).toEqual(first);
  });

  it('needs no more context than its halo to come within 0.02 rms of the whole picture, which its edge does not', async () => {
    const blurred = await convolve(sharp, psf);
    const restorer = createDeconvolutionRestorer(psf, { noise: 0.002 });
    const tile = { width: 90, height };
    const part = crop(blurred, { left: 0, top: 0, ...tile });
    const [restored] = await restorer.prepare({ channels: 3, type: 'uint8', transfer: 'srgb' }, tile).run([part.data]);
    const whole = await deconvolve(blurred, psf, { noise: 0.002, type: 'float32' });
    const differenceAt = (column: number): number => {
      let squares = 0;
      for (let y = 0; y < height; y++) {
        for (let c = 0; c < 3; c++) {
          squares += (restored![(y * tile.width + column) * 3 + c]! - whole.image.data[(y * width + column) * 3 + c]!) ** 2;
        }
      }
      return Math.sqrt(squares / (3 * height));
    };
    expect(differenceAt(tile.width - 1 - restorer.halo)).toBeLessThan(0.02);
    expect(differenceAt(tile.width - 1)).toBeGreaterThan(0.02);
    expect(restorer.overlap).toBeGreaterThanOrEqual(2 * restorer.halo);
  });

  it.each(methods)('puts %s together from tiles of odd sizes to within 0.02 rms of the whole photograph', async (method) => {
    const photograph = createImage({ width: reference.width, height: reference.height, channels: 1, data: decode(reference.blurred) });
    const kernel = psfFromArray(reference.psf.weights, reference.psf);
    const options = { method, noise: 0.01, space: 'srgb' } as const;
    const restorer = createDeconvolutionRestorer(kernel, options);
    const plan = planTiles({ ...photograph, ...restorer, tile: 45 });
    expect([plan.columns.length, plan.rows.length]).toEqual([3, 2]);
    const tile = { width: plan.tileWidth, height: plan.tileHeight };
    const program = restorer.prepare({ channels: 1, type: 'float32', transfer: 'srgb' }, tile);
    const stitcher = createStitcher(plan, 1);
    for (const [{ column, row, x, y }] of batches(plan, 1) as Generator<readonly [TilePosition]>) {
      const [restored] = await program.run([crop(photograph, { left: x, top: y, ...tile }).data]);
      stitcher.add(column, row, restored!);
    }
    const tiled = stitcher.take()!.data;
    const whole = (await deconvolve(photograph, kernel, options)).image.data;
    const squares = tiled.reduce((sum, value, i) => sum + (value - whole[i]!) ** 2, 0);
    expect(Math.sqrt(squares / tiled.length)).toBeLessThan(0.02);
  });

  it('takes pictures smaller than its overlap as they are, and refuses those smaller than the PSF', async () => {
    const tiny = createImage({ width: 9, height: 7, channels: 1, data: new Uint8Array(63).map((_, i) => (i * 37) % 256) });
    const kernel = motionPsf(5, 0);
    const restorer = createDeconvolutionRestorer(kernel, { noise: 0.01 });
    const plan = planTiles({ ...tiny, ...restorer });
    expect([plan.count, plan.tileWidth, plan.tileHeight]).toEqual([1, 9, 7]);
    const format = { channels: 1, type: 'uint8', transfer: 'srgb' } as const;
    const [restored] = await restorer.prepare(format, { width: 9, height: 7 }).run([tiny.data]);
    expect(restored).toEqual((await deconvolve(tiny, kernel, { noise: 0.01, type: 'float32' })).image.data);
    await expect(restorer.prepare(format, { width: 3, height: 7 }).run([new Uint8Array(21)])).rejects.toThrow(/larger than the picture/);
  });

  it('stops in the middle of a tile when its signal fires', async () => {
    const restorer = createDeconvolutionRestorer(psf, { method: 'rl-tv', iterations: 100_000, noise: 0.01 });
    const program = restorer.prepare({ channels: 3, type: 'uint8', transfer: 'srgb' }, { width, height });
    const controller = new AbortController();
    const running = program.run([sharp.data], controller.signal);
    setTimeout(() => controller.abort(), 20);
    await expect(running).rejects.toThrow(AbortedError);
    await expect(program.run([sharp.data], controller.signal)).rejects.toThrow(AbortedError);
  });

  it('does tiles asked for at the same time as it does one after another', async () => {
    const tile = { width: 400, height: 400 };
    const first = new Float32Array(160000).map((_, i) => ((i / 40) ^ (i / 16000)) & 1);
    const second = first.slice().reverse().map((value) => 0.3 + 0.2 * value);
    const prepare = (): TileProgram => createDeconvolutionRestorer(psf, { noise: 0.01 }).prepare({ channels: 1, type: 'float32', transfer: 'linear' }, tile);
    const [together, apart] = [prepare(), prepare()];
    const results = await Promise.all([together.run([first]), together.run([second])]);
    expect(results).toEqual([await apart.run([first]), await apart.run([second])]);
  });

  it('refuses options that do not work for any tile', () => {
    expect(() => createDeconvolutionRestorer(psf, { noise: NaN })).toThrow(InvalidArgumentError);
    expect(() => createDeconvolutionRestorer({ ...psf, data: new Float32Array(1) }, { noise: 0 })).toThrow(InvalidArgumentError);
  });
});
