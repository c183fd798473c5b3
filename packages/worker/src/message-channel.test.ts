import { createDeblur, crop, DeblurError, InvalidArgumentError, LimitError, ModelNotFoundError } from '@deblur/core';
import { blobSink, canvasCodec } from '@deblur/plugin-canvas';
import { afterEach, describe, expect, it } from 'vitest';
import type { Deblur, ProgressEvent } from '@deblur/core';
import { connectDeblur, serveDeblur } from './index.ts';
import { blurredPicture } from './testing/blurred-picture.ts';
import type { RemoteDeblur } from './index.ts';

const direct = createDeblur({ plugins: [canvasCodec()] });
/** Outlives the clients that are made of it. */
const shared: Deblur = { ...direct, dispose: () => Promise.resolve() };
const open: RemoteDeblur[] = [];

function connect(deblur: Deblur = createDeblur({ plugins: [canvasCodec()] })): RemoteDeblur {
  const { port1, port2 } = new MessageChannel();
  serveDeblur(deblur, port2);
  const remote = connectDeblur(port1);
  open.push(remote);
  return remote;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((remote) => remote.dispose()));
});

const picture = blurredPicture(96, 80);
const withPsf = { method: 'tv', psf: 'motion:7,0', noise: 0.01 } as const;

describe('run', () => {
  it('gives what the client itself gives, and leaves the caller its pixels', async () => {
    const { timings, ...result } = await connect().run(picture, withPsf);
    const { timings: _timings, save: _save, ...expected } = await direct.run(picture, withPsf);
    expect(result).toEqual({ ...expected, save: expect.any(Function) });
    expect(timings.totalMs).toBeGreaterThan(0);
    expect(picture.data).toHaveLength(96 * 80 * 3);
  });

  it('takes buffers away that the caller gives away', async () => {
    const data = picture.data.slice();
    const { image } = await connect().run({ ...picture, data }, { ...withPsf, transfer: [data.buffer as ArrayBuffer] });
    expect(data.byteLength).toBe(0);
    expect(image!.data).toHaveLength(96 * 80 * 3);
  });

  it('tells progress, in order', async () => {
    const events: ProgressEvent[] = [];
    await connect().run(picture, { ...withPsf, onProgress: (event) => events.push(event) });
    const restore = events.filter(({ stage }) => stage === 'restore');
    expect(restore[0]).toMatchObject({ done: 0 });
    expect(restore.at(-1)!.done).toBe(restore.at(-1)!.total);
  });

  it('stops on abort, with the reason, and works on', async () => {
    const remote = connect();
    const controller = new AbortController();
    const run = remote.run(blurredPicture(512, 512), { ...withPsf, method: 'rl-tv', signal: controller.signal, onProgress: () => controller.abort('enough') });
    await expect(run).rejects.toMatchObject({ name: 'AbortError', code: 'aborted', cause: 'enough' });
    await expect(remote.run(picture, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    await expect(remote.run(picture, withPsf)).resolves.toMatchObject({ method: 'tv' });
  });

  it('stops the work itself, not only the waiting', async () => {
    const seen: AbortSignal[] = [];
    const slow: Deblur = { ...shared, run: (_, options) => new Promise(() => seen.push(options!.signal!)) };
    const controller = new AbortController();
    const run = connect(slow).run(picture, { signal: controller.signal });
    await expect.poll(() => seen.length).toBe(1);
    controller.abort('enough');
    await expect(run).rejects.toMatchObject({ code: 'aborted' });
    await expect.poll(() => seen[0]!.aborted).toBe(true);
    expect(seen[0]!.reason).toBe('enough');
  });
});

describe('files', () => {
  it('reads, probes and writes; fills sinks; saves results in the format of their source', async () => {
    const remote = connect();
    const { data: png } = await remote.write(picture, { format: 'png' });
    expect(await remote.probe(png)).toMatchObject({ width: 96, height: 80, format: 'png' });
    expect((await remote.read(png)).data).toEqual(picture.data);
    const sink = blobSink();
    const result = await remote.run(png, { ...withPsf, output: sink });
    expect(result.image).toBeUndefined();
    expect(sink.blob).toMatchObject({ type: 'image/png', size: result.output!.bytes });
    await expect(result.save(blobSink())).rejects.toThrow(InvalidArgumentError);
    const held = await remote.run(png, withPsf);
    const saved = blobSink();
    await held.save(saved);
    expect(new Uint8Array(await saved.blob!.arrayBuffer())).toEqual(new Uint8Array(await sink.blob!.arrayBuffer()));
    expect(held.image!.data).toHaveLength(96 * 80 * 3);
  });
});

describe('analysis', () => {
  it('detects and maps blur, and estimates it, as core does', async () => {
    const remote = connect();
    const large = blurredPicture(256, 192, 12);
    const png = new Blob([(await remote.write(large, { format: 'png' })).data as Uint8Array<ArrayBuffer>]);
    const { detection, map, image } = await remote.detect(png, { cell: 16, image: { maximum: 20 } });
    expect(detection.label).toMatch(/^(sharp|motion|defocus)$/);
    expect(map).toMatchObject({ width: 16, height: 12, cell: 16 });
    expect(image).toMatchObject({ width: 256, height: 192, channels: 1 });
    const events: ProgressEvent[] = [];
    const parametric = await remote.estimate(png, { kind: 'parametric', kinds: ['motion'], onProgress: (event) => events.push(event) });
    expect(parametric.candidates.length).toBeGreaterThan(0);
    expect(events.at(-1)).toMatchObject({ stage: 'estimate' });
    const blind = await remote.estimate(blurredPicture(40, 40), { kind: 'blind' });
    expect(blind.refused).toMatch(/too small/);
  });

  it('previews a region as it would be in a restored crop with its margin', async () => {
    const region = { left: 0, top: 30, width: 40, height: 20 };
    const { image, width, height } = await connect().preview(picture, region, { ...withPsf, margin: 16 });
    const around = await direct.run(crop(picture, { left: 0, top: 14, width: 56, height: 52 }), withPsf);
    expect({ width, height }).toEqual({ width: 40, height: 20 });
    expect(image!.data).toEqual(crop(around.image!, { left: 0, top: 16, width: 40, height: 20 }).data);
    await expect(connect().preview(picture, { ...region, left: 60 }, withPsf)).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it('reads a Blob once for several questions, and again after another', async () => {
    let reads = 0;
    const remote = connect({ ...shared, read: (...given) => { reads++; return direct.read(...given); } });
    const [first, second] = await Promise.all([0, 1].map(async (seed) => {
      const { data } = await direct.write(blurredPicture(64 + seed, 64), { format: 'png' });
      return new Blob([data as Uint8Array<ArrayBuffer>]);
    }));
    await remote.detect(first);
    await remote.preview(first, { left: 0, top: 0, width: 32, height: 32 }, withPsf);
    expect(reads).toBe(1);
    expect((await remote.detect(second)).map.imageWidth).toBe(65);
    expect((await remote.detect(first)).map.imageWidth).toBe(64);
    expect(reads).toBe(3);
  });

  it('lists models and providers', async () => {
    const manifest = { id: 'tiny' };
    const models = { ...direct.models, list: () => [{ manifest, source: { location: 'test', read: () => undefined } }] };
    const backend = { probe: async () => [{ provider: 'wasm', available: true }] };
    const remote = connect({ ...shared, models, backend } as unknown as Deblur);
    expect(await remote.models()).toEqual([manifest]);
    expect(await remote.providers()).toEqual([{ provider: 'wasm', available: true }]);
    expect(await connect().providers()).toEqual([]);
  });
});

describe('errors', () => {
  it('arrive as the class they were, with code, message, details and cause', async () => {
    const remote = connect({ ...shared, run: () => Promise.reject(new LimitError('too much', { details: { pixels: 7, tell: () => 1 }, cause: new TypeError('below') })) });
    const error = await remote.run(picture).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LimitError);
    expect(error).toMatchObject({ name: 'LimitError', code: 'limit-exceeded', message: 'too much', details: { pixels: 7, tell: '() => 1' }, cause: { name: 'TypeError', message: 'below' } });
  });

  it('are those of the client', async () => {
    const remote = connect();
    await expect(remote.run(picture, { method: 'network', model: 'none-such' })).rejects.toThrow(ModelNotFoundError);
    await expect(remote.run(picture, { strength: 7 })).rejects.toThrow(InvalidArgumentError);
    await expect(remote.probe(new Uint8Array([1, 2, 3]))).rejects.toSatisfy(DeblurError.isInstance);
  });

  it('say what cannot be sent', async () => {
    await expect(connect().run(() => picture)).rejects.toMatchObject({ code: 'invalid-argument', message: expect.stringMatching(/cannot be sent to a worker/) });
  });
});

it('rejects everything after it was disposed, and what was under way', async () => {
  const remote = connect();
  const run = remote.run(blurredPicture(512, 512), { ...withPsf, method: 'rl-tv' });
  run.catch(() => undefined);
  await remote.models();
  await remote.dispose();
  await expect(run).rejects.toMatchObject({ code: 'disposed' });
  await expect(remote.models()).rejects.toMatchObject({ code: 'disposed' });
  await remote.dispose();
});

it('refuses to serve outside of a worker', () => {
  expect(() => serveDeblur(direct)).toThrow(InvalidArgumentError);
});
