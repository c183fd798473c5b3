import { describe, expect, it } from 'vitest';
import { createDeblur } from '../deblur.ts';
import { AbortedError, DisposedError, ImageError, InvalidArgumentError } from '../errors/index.ts';
import { fakeBackend, fakeModel, identity } from '../testing/fake-backend.ts';
import { trackFrames } from './track-frames.ts';
import type { Deblur } from '../deblur.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import type { ProgressEvent } from '../runtime/progress.ts';
import type { FakeBackend } from '../testing/fake-backend.ts';

function picture(t: number, width = 40, height = 24): PixelImage {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919 + (i >> 5) * 31 + t * 40) % 256);
  return { width, height, channels: 3, data, transfer: 'srgb' };
}

function client(backend: FakeBackend = fakeBackend(identity)): Deblur {
  return createDeblur({ plugins: [{ specificationVersion: 1, id: 'test', backend }] });
}

/** Endless frames that say how many were asked for and whether the source was closed. */
function endless(): { frames: AsyncGenerator<PixelImage>; read: () => number; closed: () => boolean } {
  let count = 0;
  let isClosed = false;
  async function* generate(): AsyncGenerator<PixelImage> {
    try {
      for (;;) yield picture(count++);
    } finally {
      isClosed = true;
    }
  }
  return { frames: generate(), read: () => count, closed: () => isClosed };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('sequence', () => {
  it('gives the frames in order through one session, and takes any iterable', async () => {
    const backend = fakeBackend(identity);
    const model = await fakeModel();
    const seen: number[] = [];
    for await (const { index, image, startsAnew, state } of client(backend).sequence([picture(0), picture(1), picture(2)], { model })) {
      expect(image!.data).toEqual(picture(index).data);
      expect([startsAnew, state]).toEqual([undefined, undefined]);
      seen.push(index);
    }
    expect(seen).toEqual([0, 1, 2]);
    expect(backend.log.filter((line) => line.startsWith('create'))).toEqual(['create cpu']);
    for await (const _ of client().sequence([], { model })) expect.unreachable();
  });

  it('reads at most two frames ahead, and closes its source when the loop is left', async () => {
    const source = endless();
    let frames = 0;
    for await (const _ of client().sequence(source.frames, { model: await fakeModel() })) {
      await settle();
      expect(source.read()).toBeLessThanOrEqual(++frames + 2);
      if (frames === 4) break;
    }
    expect(source.closed()).toBe(true);
  });

  it('stops on abort, even where the source hangs, and the client goes on', async () => {
    const model = await fakeModel();
    const deblur = client();
    const controller = new AbortController();
    async function* hanging(): AsyncGenerator<PixelImage> {
      yield picture(0);
      await new Promise(() => setTimeout(() => controller.abort(), 5));
    }
    const iterate = async (): Promise<void> => {
      for await (const { index } of deblur.sequence(hanging(), { model, signal: controller.signal })) expect(index).toBe(0);
    };
    await expect(iterate()).rejects.toThrow(AbortedError);
    await expect(deblur.sequence([picture(0)], { model, signal: AbortSignal.abort() })[Symbol.asyncIterator]().next()).rejects.toThrow(AbortedError);
    expect((await deblur.run(picture(1), { model })).image!.data).toEqual(picture(1).data);
  });

  it('delivers what came before a frame that fails, and passes on what the source throws', async () => {
    const model = await fakeModel();
    const broken: PixelImage = { ...picture(0), width: 41 };
    function* faulty(): Generator<PixelImage> {
      yield picture(0);
      throw new ImageError('the camera is gone');
    }
    for (const [frames, fault] of [[[picture(0), broken], InvalidArgumentError], [faulty(), 'the camera is gone']] as const) {
      const iterator = client().sequence(frames, { model })[Symbol.asyncIterator]();
      expect((await iterator.next()).value).toMatchObject({ index: 0 });
      await expect(iterator.next()).rejects.toThrow(fault as string);
    }
  });

  it('runs every method, frames of any size, and writes where a frame says', async () => {
    const sizes: number[][] = [];
    for await (const { width, height, method } of client().sequence([picture(0), picture(1, 30, 31)], { psf: 'box:3,1', method: 'wiener' })) {
      expect(method).toBe('wiener');
      sizes.push([width, height]);
    }
    expect(sizes).toEqual([[40, 24], [30, 31]]);
    const iterator = client().sequence([{ input: picture(0), output: 'nowhere.png' }], { psf: 'box:3,1' })[Symbol.asyncIterator]();
    await expect(iterator.next()).rejects.toThrow('No codec is installed to write');
  });

  it('reports frames, and the opening of the model once', async () => {
    const events: ProgressEvent[] = [];
    for await (const _ of client().sequence([picture(0), picture(1), picture(2)], { model: await fakeModel(), total: 3, onProgress: (event) => events.push(event) }));
    expect(events.filter(({ stage }) => stage === 'restore').map(({ done, total }) => [done, total])).toEqual([[1, 3], [2, 3], [3, 3]]);
    expect(events.filter(({ stage }) => stage === 'load').map(({ done }) => done)).toEqual([0, 1, 2, 3]);
    expect(events.at(-1)!.etaMs).toBe(0);
  });

  it('estimates the time left without the first frame', () => {
    const events: ProgressEvent[] = [];
    let time = 0;
    const { advance } = trackFrames((event) => events.push(event), 5, () => time);
    for (const duration of [9000, 100, 200]) {
      time += duration;
      advance();
    }
    expect(events.map(({ etaMs }) => etaMs)).toEqual([undefined, 300, 300]);
  });

  it('refuses one picture and a disposed client', async () => {
    for (const frames of ['photo.jpg', picture(0), new Uint8Array(4), null]) {
      await expect(client().sequence(frames as Iterable<unknown>)[Symbol.asyncIterator]().next()).rejects.toThrow(InvalidArgumentError);
    }
    const deblur = client();
    await deblur.dispose();
    await expect(deblur.sequence([picture(0)])[Symbol.asyncIterator]().next()).rejects.toThrow(DisposedError);
  });
});
