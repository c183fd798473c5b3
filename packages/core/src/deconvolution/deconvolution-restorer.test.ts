import { describe, expect, it } from 'vitest';
import { convolve } from '../blur/convolve.ts';
import { motionPsf } from '../blur/motion-psf.ts';
import { InvalidArgumentError } from '../errors/index.ts';
import { createImage } from '../image/create-image.ts';
import { crop } from '../image/crop.ts';
import { createDeconvolutionRestorer } from './deconvolution-restorer.ts';
import { deconvolve } from './deconvolve.ts';

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
    expect(restorer.size.minimum).toBeGreaterThan(restorer.overlap);
  });

  it('refuses options that do not work for any tile', () => {
    expect(() => createDeconvolutionRestorer(psf, { noise: NaN })).toThrow(InvalidArgumentError);
    expect(() => createDeconvolutionRestorer({ ...psf, data: new Float32Array(1) }, { noise: 0 })).toThrow(InvalidArgumentError);
  });
});
