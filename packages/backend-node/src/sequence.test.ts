import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { createNodeBackend } from '@deblur/backend-node';
import { bytesSource, createDeblur, crop } from '@deblur/core';
import type { Deblur, ModelManifest, ModelPackage, PixelImage, SequenceFrame, SequenceOptions } from '@deblur/core';

// Made by packages/core/reference/recurrent.py, with the frames it expects.
const networks = new URL('../../core/reference/networks/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('running-mean.json', networks), 'utf8')) as ModelManifest;
const model: ModelPackage = { manifest, source: bytesSource({ 'running-mean.onnx': await readFile(new URL('running-mean.onnx', networks)) }) };
const stored = await readFile(new URL('running-mean.expected.f32', networks));
const backend = createNodeBackend();
const deblur: Deblur = createDeblur({ plugins: [{ specificationVersion: 1, id: 'test', backend, models: [model] }] });
afterAll(() => deblur.dispose());

const [width, height, count] = [16, 12, 4];
const size = width * height * 3;
const expected = Array.from({ length: count }, (_, t) => Float32Array.from({ length: size }, (_, i) => stored.readFloatLE((t * size + i) * 4)));

function frame(t: number): PixelImage {
  const data = Float32Array.from({ length: size }, (_, i) => {
    const [x, y, c] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3];
    return (96 + ((x * 7 + y * 13 + c * 50 + t * 23) % 64)) / 255;
  });
  return { width, height, channels: 3, data, transfer: 'srgb' };
}

const frames = Array.from({ length: count }, (_, t) => frame(t));

async function collect(given: Iterable<unknown>, options: SequenceOptions = {}): Promise<SequenceFrame[]> {
  const results: SequenceFrame[] = [];
  for await (const result of deblur.sequence(given, options)) results.push(result);
  return results;
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a, (value, i) => Math.abs(value - b[i]!)).reduce((most, value) => Math.max(most, value), 0);
}

function expectFrames(results: readonly SequenceFrame[], wanted: readonly Float32Array[]): void {
  expect(results.length).toBe(wanted.length);
  results.forEach(({ image, warnings }, t) => {
    expect(warnings).toEqual([]);
    expect(distance(image!.data, wanted[t]!)).toBeLessThan(1e-6);
  });
}

describe('a sequence through a recurrent network', () => {
  it('carries its states from frame to frame as NumPy and onnxruntime compute it, and is chosen because it is for video', async () => {
    const results = await collect(frames);
    expectFrames(results, expected);
    expect(results.map(({ index, startsAnew, model: used }) => [index, startsAnew, used?.id])).toEqual(
      [0, 1, 2, 3].map((index) => [index, index === 0, 'running-mean']),
    );
    expect(results[0]!.timings.createSessionMs).toBeGreaterThan(0);
    expect(results[1]!.timings.createSessionMs).toBe(0);
  });

  it('is the same in tiles, each with a state of its own', async () => {
    const results = await collect(frames, { tile: 8 });
    expect(results[0]!.tiles.count).toBeGreaterThan(4);
    expectFrames(results, expected);
    expect(results[3]!.state!.tensors.size).toBe(2 * results[0]!.tiles.count);
  });

  it('starts from zeros in run(), whatever ran before', async () => {
    for (const t of [0, 2]) {
      const [alone] = await collect([frame(t)]);
      const { image } = await deblur.run(frame(t), { model });
      expect(distance(image!.data, alone!.image!.data)).toBe(0);
    }
    expect(distance((await deblur.run(frame(0), { model })).image!.data, expected[0]!)).toBeLessThan(1e-6);
  });

  it('forgets at a reset, a cut and another size, and goes on from a state', async () => {
    const again = [frame(0), frame(1), { input: frame(0), reset: true }, frame(1)];
    expectFrames(await collect(again), [expected[0]!, expected[1]!, expected[0]!, expected[1]!]);
    const cut = await collect([frame(0), frame(0), frame(1)], { isCut: ({ index, input }) => index === 1 && (input as PixelImage).width === width });
    expectFrames(cut, [expected[0]!, expected[0]!, expected[1]!]);
    const smaller = crop(frame(0), { left: 0, top: 0, width: 12, height: 8 });
    const mixed = await collect([frame(3), smaller, frame(0), frame(1)]);
    expect(mixed.map(({ startsAnew }) => startsAnew)).toEqual([true, true, true, false]);
    expect(distance(mixed[3]!.image!.data, expected[1]!)).toBeLessThan(1e-6);
    const first = await collect(frames.slice(0, 2));
    expectFrames(await collect(frames.slice(2), { state: first[1]!.state! }), expected.slice(2));
  });

  it('does not remember a frame that is not finite', async () => {
    const broken: PixelImage = { ...frame(0), data: new Float32Array(size).fill(NaN) };
    const results = await collect([broken, frame(0), frame(1)]);
    expect(results[0]!.warnings.map(({ code }) => code)).toEqual(['tile-kept']);
    expectFrames(results.slice(1), expected.slice(0, 2));
  });
});
