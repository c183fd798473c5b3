import { describe, expect, it } from 'vitest';
import { AbortedError, InvalidArgumentError } from '../errors/index.ts';
import { convertSamples } from '../image/convert-samples.ts';
import { toLinear } from '../image/convert-transfer.ts';
import { createImage } from '../image/create-image.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { mirroredPicture } from '../metrics/fixtures/mirrored-picture.ts';
import { blurEffect } from './blur-effect.ts';
import references from './fixtures/detection.json' with { type: 'json' };
import { highFrequencyRatio } from './high-frequency-ratio.ts';
import { laplacianVariance } from './laplacian-variance.ts';
import { tenengrad } from './tenengrad.ts';

const green = (image: PixelImage): PixelImage =>
  createImage({ width: image.width, height: image.height, channels: 1, data: image.data.filter((_, i) => i % 3 === 1) });
const pictureOf = ({ picture, width, height, channels }: (typeof references)[number]): PixelImage => {
  const image = mirroredPicture(picture as 'sharp' | 'blurred', width, height);
  return channels === 1 ? green(image) : image;
};
const measures = { laplacianVariance, tenengrad, blurEffect, highFrequencyRatio };
const constant = (width: number, height: number, value: number): PixelImage =>
  createImage({ width, height, channels: 1, data: new Float32Array(width * height).fill(value) });

describe.each(references)('against scikit-image and OpenCV: $picture, $width×$height, $channels channels', (reference) => {
  const image = pictureOf(reference);

  it('laplacianVariance and tenengrad', () => {
    expect(Math.abs(laplacianVariance(image) / reference.laplacianVariance - 1)).toBeLessThan(1e-6);
    expect(Math.abs(tenengrad(image) / reference.tenengrad - 1)).toBeLessThan(1e-6);
  });

  it('blurEffect', () => {
    expect(Math.abs(blurEffect(image) - reference.blurEffect)).toBeLessThan(1e-6);
    expect(Math.abs(blurEffect(image, { size: 5 }) - reference.blurEffect5)).toBeLessThan(1e-6);
  });

  it('highFrequencyRatio', async () => {
    expect(Math.abs((await highFrequencyRatio(image)) - reference.highFrequencyRatio)).toBeLessThan(1e-6);
    expect(Math.abs((await highFrequencyRatio(image, { cutoff: 0.1 })) - reference['highFrequencyRatio0.1'])).toBeLessThan(1e-6);
  });
});

describe.each(Object.entries(measures))('%s', (name, measure) => {
  const sharp = mirroredPicture('sharp');

  it('tells the blurred picture from the sharp one', async () => {
    const [a, b] = [await measure(sharp), await measure(mirroredPicture('blurred'))];
    expect(name === 'blurEffect' ? b - a : a - b).toBeGreaterThan(0);
  });

  it('does not depend on the sample type, nor on alpha', async () => {
    const value = await measure(sharp);
    for (const type of ['uint16', 'float32'] as const) expect(await measure(convertSamples(sharp, type))).toBeCloseTo(value, 5);
    expect(await measure({ ...sharp, alpha: new Uint8Array(sharp.width * sharp.height) })).toBe(value);
    const grey = green(sharp);
    if (name !== 'blurEffect') expect(await measure(toLinear(grey))).toBeCloseTo(await measure(grey), 4);
  });

  it('is finite for constant and tiny pictures', async () => {
    const none = name === 'blurEffect' ? 1 : 0;
    for (const [width, height] of [[1, 1], [1, 5], [3, 3], [4, 4], [130, 2]] as const) {
      for (const value of [0, 0.4, 1]) expect(await measure(constant(width, height, value))).toBeCloseTo(none, 12);
      const ramp = createImage({ width, height, channels: 1, data: Float32Array.from({ length: width * height }, (_, i) => (i % 7) / 7) });
      expect(await measure(ramp)).toBeGreaterThanOrEqual(0);
    }
  });

  it('refuses what is no picture, and samples that are not finite', async () => {
    await expect((async () => measure({ width: 2 } as PixelImage))()).rejects.toThrow(InvalidArgumentError);
    for (const value of [NaN, -Infinity]) {
      const broken = convertSamples(sharp, 'float32');
      broken.data[3 * (5 * sharp.width + 7) + 1] = value;
      await expect((async () => measure(broken))()).rejects.toThrow(`x 7, y 5 is ${value}`);
    }
  });
});

describe('options', () => {
  it('are checked', async () => {
    const image = mirroredPicture('sharp');
    for (const size of [1, 4, 2.5, NaN]) expect(() => blurEffect(image, { size })).toThrow(`size is ${size}`);
    for (const cutoff of [0, 0.6, NaN]) await expect(highFrequencyRatio(image, { cutoff })).rejects.toThrow(`cutoff is ${cutoff}`);
    await expect(highFrequencyRatio(image, { signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
  });
});
