import { Worker } from 'node:worker_threads';
import { createDeblur, DeviceLostError, InvalidArgumentError } from '@deblur/core';
import type { Deblur, RunOptions } from '@deblur/core';
import { afterEach, describe, expect, it } from 'vitest';
import { deconvolutionWorkers, serveDeconvolution } from '../index.ts';
import { blurredPicture } from '../testing/blurred-picture.ts';

const script = new URL('../testing/deconvolution-worker.ts', import.meta.url);
const picture = blurredPicture(300, 150);
const tiled: RunOptions = { method: 'tv', psf: 'motion:7,0', noise: 0.01, tile: 128 };
const endless: RunOptions = { ...tiled, method: 'rl', deconvolution: { iterations: 1_000_000 } };
const open: Deblur[] = [];

function clientOf(size: number, path = script): { readonly deblur: Deblur; readonly started: Worker[]; readonly ended: () => number } {
  const started: Worker[] = [];
  let ended = 0;
  const start = (): Worker => {
    const worker = new Worker(path);
    worker.once('exit', () => void ended++);
    started.push(worker);
    return worker;
  };
  const deblur = createDeblur({ plugins: [deconvolutionWorkers({ start, size })] });
  open.push(deblur);
  return { deblur, started, ended: () => ended };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((deblur) => deblur.dispose()));
});

describe('deconvolutionWorkers', () => {
  it.each([1, 2, 3])('gives what one thread gives, with %i workers', async (size) => {
    const { deblur, started, ended } = clientOf(size);
    for (const method of ['tv', 'wiener'] as const) {
      const { image, tiles, warnings } = await deblur.run(picture, { ...tiled, method });
      const expected = await createDeblur().run(picture, { ...tiled, method });
      expect(tiles).toEqual(expected.tiles);
      expect(image!.data).toEqual(expected.image!.data);
      expect(warnings).toEqual([]);
    }
    expect(started).toHaveLength(size);
    await deblur.dispose();
    expect(ended()).toBe(size);
  });

  it('shares its workers among pictures restored at once', async () => {
    const { deblur, started } = clientOf(2);
    const float = { ...picture, data: Float32Array.from(picture.data, (value) => value / 255) };
    const results = await Promise.all([picture, float].map((image) => deblur.run(image, tiled)));
    const expected = await Promise.all([picture, float].map((image) => createDeblur().run(image, tiled)));
    expect(results.map(({ image }) => image)).toEqual(expected.map(({ image }) => image));
    expect(started).toHaveLength(2);
  });

  it('starts none for a picture of one tile', async () => {
    const { deblur, started } = clientOf(2);
    await deblur.run(picture, { ...tiled, tile: undefined });
    expect(started).toEqual([]);
  });

  it('stops the workers on abort, with the reason, and works on with the same ones', async () => {
    const { deblur, started } = clientOf(2);
    await deblur.run(picture, tiled);
    const controller = new AbortController();
    const run = deblur.run(picture, { ...endless, signal: controller.signal });
    setTimeout(() => controller.abort('enough'), 200);
    await expect(run).rejects.toMatchObject({ name: 'AbortError', code: 'aborted', cause: 'enough' });
    await expect(deblur.run(picture, tiled)).resolves.toMatchObject({ method: 'tv' });
    expect(started).toHaveLength(2);
  });

  it('rejects when a worker is lost, and starts another for the next picture', async () => {
    const { deblur, started } = clientOf(2);
    await deblur.run(picture, tiled);
    const run = deblur.run(picture, endless);
    setTimeout(() => void started[1]!.terminate(), 200);
    const error = await run.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DeviceLostError);
    await expect(deblur.run(picture, tiled)).resolves.toMatchObject({ warnings: [] });
    expect(started).toHaveLength(3);
  });

  it.each([1, 2])('computes on this thread, with a warning, when none of %i can be started', async (size) => {
    const { deblur, started } = clientOf(size, new URL('none-such.ts', script));
    const { image, warnings } = await deblur.run(picture, tiled);
    expect(image!.data).toEqual((await createDeblur().run(picture, tiled)).image!.data);
    expect(warnings).toMatchObject([{ code: 'threads-limited', message: expect.stringContaining('none-such') }]);
    await deblur.run(picture, tiled);
    expect(started).toHaveLength(size);
  });

  it('works with those that can be started', async () => {
    let count = 0;
    const start = (): Worker => {
      if (count++ === 0) throw new TypeError('no more workers');
      return new Worker(script);
    };
    const deblur = createDeblur({ plugins: [deconvolutionWorkers({ start, size: 2 })] });
    open.push(deblur);
    const { image, warnings } = await deblur.run(picture, tiled);
    expect(image!.data).toEqual((await createDeblur().run(picture, tiled)).image!.data);
    expect(warnings).toMatchObject([{ code: 'threads-limited', message: expect.stringContaining('no more workers') }]);
    expect(count).toBe(2);
  });

  it('rejects what is under way when it is disposed', async () => {
    const { deblur, ended } = clientOf(2);
    await deblur.run(picture, tiled);
    const run = deblur.run(picture, endless);
    setTimeout(() => void deblur.dispose(), 200);
    await expect(run).rejects.toMatchObject({ code: 'disposed' });
    await expect.poll(ended).toBe(2);
  });

  it('refuses sizes that are none, and to serve outside of a worker', () => {
    for (const size of [0, 1.5, NaN]) expect(() => deconvolutionWorkers({ start: () => new Worker(script), size })).toThrow(InvalidArgumentError);
    expect(() => serveDeconvolution()).toThrow('serveDeconvolution() was called outside');
  });
});
