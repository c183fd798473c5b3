import { createDeblur } from '@deblur/core';
import { createGpuRestorer } from '@deblur/backend-web/gpu';
import { webBackend } from '@deblur/backend-web';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bitmapPixels, samplesOf, softPicture } from '../testing/bitmap-pixels.ts';
import { makeConvolution } from '../testing/tiny-onnx.ts';
import { sabotage } from '../testing/sabotage.ts';
import { tinyModel } from '../testing/tiny-model.ts';
import type { GpuRestorer } from '@deblur/backend-web/gpu';
import type { ModelPackage } from '@deblur/core';

const layers = [makeConvolution(3, 4, 3, 1), makeConvolution(4, 3, 3, 2)];
const startTestWorker = (): Worker => new Worker(new URL('../testing/gpu-worker.ts', import.meta.url), { type: 'module' });

/** Restored by the path over the processor, in the same browser: H×W×3 of 8 bits. */
async function readBackPath(picture: ImageData, model: ModelPackage, tile: number): Promise<Uint8Array> {
  const deblur = createDeblur({ plugins: [webBackend({ providers: ['wasm'], threads: 1 })] });
  const { image } = await deblur.run({ width: picture.width, height: picture.height, channels: 3, transfer: 'srgb', data: samplesOf(picture) }, { model, tile });
  await deblur.dispose();
  return image!.data as Uint8Array;
}

function largestDifference(pixels: Uint8ClampedArray, expected: Uint8Array): number {
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - pixels[Math.floor(i / 3) * 4 + (i % 3)]!)), 0);
}

describe('createGpuRestorer', () => {
  let model: ModelPackage;
  let restorer: GpuRestorer;
  beforeAll(async () => {
    model = await tinyModel(layers);
    restorer = await createGpuRestorer({ model, softwareWebGpu: true, createWorker: startTestWorker });
  }, 120_000);
  afterAll(() => restorer?.dispose());

  it('restores what the path over the processor restores, tile by tile, with one small read-back', async () => {
    const picture = softPicture(101, 70);
    const events: number[] = [];
    const { image, tiles, warnings, readBacks, width, height } = await restorer.restore(picture, {
      tile: 40, onProgress: ({ stage, done }) => events.push(stage === 'restore' ? done : -1),
    });
    expect([width, height, image?.width, image?.height]).toEqual([101, 70, 101, 70]);
    expect(tiles).toMatchObject({ count: 6, kept: 0 });
    expect(warnings).toEqual([]);
    // Chromium cannot show WebGPU textures where the processor emulates the GPU: there the picture is copied once.
    expect(readBacks).toEqual({ count: 2, bytes: 24 + 101 * 70 * 4 });
    expect(events).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const pixels = bitmapPixels(image!);
    // 8-bit results may differ by one level where the exact value is halfway.
    expect(largestDifference(pixels, await readBackPath(picture, model, 40))).toBeLessThanOrEqual(1);
    expect(largestDifference(pixels, samplesOf(picture))).toBeGreaterThan(3);
  }, 120_000);

  it('restores frame after frame of a video and shows each on a canvas, with little to copy', async () => {
    const canvas = document.createElement('canvas');
    for (const phase of [0, 1, 2]) {
      const picture = softPicture(48, 40, phase);
      const frame = new VideoFrame(picture.data, { format: 'RGBA', codedWidth: 48, codedHeight: 40, timestamp: phase * 40_000 });
      const { image, warnings } = await restorer.restore(frame, { canvas, tile: 32 });
      expect(frame.displayWidth).toBe(48);
      frame.close();
      expect([image, warnings]).toEqual([undefined, []]);
      expect([canvas.width, canvas.height]).toEqual([48, 40]);
      // Frames are converted by the browser, which may round differently than copying pixels does.
      expect(largestDifference(bitmapPixels(canvas), await readBackPath(picture, model, 32))).toBeLessThanOrEqual(2);
    }
  }, 120_000);

  it('keeps alpha, and takes part of the change', async () => {
    const picture = softPicture(30, 20);
    for (let i = 0; i < 600; i++) picture.data[i * 4 + 3] = i % 30 < 10 ? 0 : i % 30 < 20 ? 128 : 255;
    const whole = bitmapPixels((await restorer.restore(picture)).image!);
    const nothing = bitmapPixels((await restorer.restore(picture, { strength: 0 })).image!);
    expect(whole.filter((_, i) => i % 4 === 3)).toEqual(picture.data.filter((_, i) => i % 4 === 3));
    const opaque = (pixels: Uint8ClampedArray): Uint8ClampedArray => pixels.filter((_, i) => Math.floor(i / 4) % 30 >= 20);
    expect(opaque(nothing)).toEqual(opaque(picture.data));
    expect(opaque(whole)).not.toEqual(opaque(picture.data));
  }, 120_000);

  it('shows what is done so far, stops when it is not wanted any more, and goes on with the next picture', async () => {
    const canvas = new OffscreenCanvas(1, 1);
    const controller = new AbortController();
    const shown: number[] = [];
    const aborted = restorer.restore(softPicture(100, 100), {
      canvas, tile: 24, progressive: true, signal: controller.signal,
      onProgress: ({ done }) => {
        shown.push(canvas.width);
        if (done === 8) controller.abort();
      },
    });
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    expect(shown.at(-1)).toBe(100);
    const { tiles, warnings } = await restorer.restore(softPicture(30, 20));
    expect([tiles.count, warnings]).toEqual([1, []]);
  }, 120_000);

  it('refuses what is no picture, is too large, or is not for this model', async () => {
    const bitmap = await createImageBitmap(softPicture(8, 8));
    bitmap.close();
    await expect(restorer.restore(bitmap)).rejects.toMatchObject({ code: 'image-unreadable', message: expect.stringMatching(/closed/) });
    await expect(restorer.restore(new ImageData(9000, 4))).rejects.toMatchObject({ code: 'limit-exceeded' });
    await expect(restorer.restore(softPicture(8, 8), { parameters: { sigma: 1 } })).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(restorer.restore(softPicture(8, 8), { strength: 2 })).rejects.toMatchObject({ code: 'invalid-argument' });
    const used = document.createElement('canvas');
    used.getContext('2d');
    await expect(restorer.restore(softPicture(8, 8), { canvas: used })).rejects.toMatchObject({ code: 'unsupported' });
  }, 120_000);

  it('rebuilds the session once when the GPU device is lost, within a picture and between two', async () => {
    const picture = softPicture(64, 64);
    let lost = false;
    const { image, warnings } = await restorer.restore(picture, {
      tile: 24,
      onProgress: ({ done }) => {
        if (done !== 3 || lost) return;
        lost = true;
        sabotage('destroy-device');
      },
    });
    expect(warnings.map(({ code }) => code)).toEqual(['session-rebuilt']);
    expect(largestDifference(bitmapPixels(image!), await readBackPath(picture, model, 24))).toBeLessThanOrEqual(1);
    sabotage('destroy-device');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await restorer.restore(picture)).warnings.map(({ code }) => code)).toEqual(['session-rebuilt']);
  }, 120_000);

  it('ends a picture under way when it is disposed, and refuses further ones', async () => {
    const under = restorer.restore(softPicture(64, 64), { tile: 24 });
    under.catch(() => undefined);
    await restorer.dispose();
    await expect(under).rejects.toMatchObject({ code: 'disposed' });
    await expect(restorer.restore(softPicture(8, 8))).rejects.toMatchObject({ code: 'disposed' });
  }, 120_000);
});

it('refuses a network that the GPU computes wrong', async () => {
  const wrong = await tinyModel([makeConvolution(3, 6, 1, 1), makeConvolution(6, 8, 3, 2), makeConvolution(8, 3, 1, 3)]);
  await expect(createGpuRestorer({ model: wrong, softwareWebGpu: true })).rejects.toMatchObject({
    code: 'model-failed', message: expect.stringMatching(/golden tile came back at .* dB/),
  });
}, 120_000);

it('keeps the input of tiles that come back unusable, and says so', async () => {
  const exploding = makeConvolution(3, 3, 1, 5);
  exploding.weights.fill(40);
  const restorer = await createGpuRestorer({ model: await tinyModel([exploding]), softwareWebGpu: true, selfCheck: false });
  const picture = softPicture(40, 40);
  const { image, tiles, warnings } = await restorer.restore(picture, { tile: 24 });
  await restorer.dispose();
  expect(tiles).toMatchObject({ count: 4, kept: 4 });
  expect(warnings.map(({ code }) => code)).toEqual(['tile-kept']);
  expect(largestDifference(bitmapPixels(image!), samplesOf(picture))).toBe(0);
}, 120_000);

it('refuses where the processor emulates the GPU, unless told otherwise', async () => {
  await expect(createGpuRestorer({ model: await tinyModel(layers) })).rejects.toMatchObject({ code: 'unsupported', message: expect.stringMatching(/softwareWebGpu|no adapter/) });
});
