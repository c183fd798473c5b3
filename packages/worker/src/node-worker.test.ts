import { Worker } from 'node:worker_threads';
import { createDeblur, DeviceLostError, UnsupportedError } from '@deblur/core';
import { expect, it } from 'vitest';
import { connectDeblur } from './index.ts';
import { blurredPicture } from './testing/blurred-picture.ts';

const script = new URL('./testing/node-worker.ts', import.meta.url);
const picture = blurredPicture(96, 80);
const withPsf = { method: 'tv', psf: 'motion:7,0' } as const;

it('restores in a worker of node:worker_threads, which ends with the client', async () => {
  const worker = new Worker(script);
  const ended = new Promise((resolve) => { worker.once('exit', resolve); });
  const deblur = connectDeblur(worker);
  const { image } = await deblur.run(picture, withPsf);
  expect(image!.data).toEqual((await createDeblur().run(picture, withPsf)).image!.data);
  await deblur.dispose();
  await ended;
});

it('rejects every call under way, and later ones, when the worker fails', async () => {
  const deblur = connectDeblur(new Worker(script));
  await deblur.models();
  const calls = [deblur.run('fatal:', withPsf), deblur.run(blurredPicture(700, 700), { ...withPsf, method: 'rl-tv' })];
  for (const result of await Promise.allSettled(calls)) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'device-lost', message: expect.stringContaining('all is lost') } });
  }
  await expect(deblur.models()).rejects.toThrow(DeviceLostError);
  await deblur.dispose();
});

it('says so when the worker cannot be started', async () => {
  const deblur = connectDeblur(new Worker(new URL('./testing/none-such.ts', import.meta.url)));
  await expect(deblur.models()).rejects.toThrow(UnsupportedError);
});
