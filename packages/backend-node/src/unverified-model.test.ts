import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDeblur, createImage, sha256, urlSource } from '@deblur/core';
import { nodeBackend } from '@deblur/backend-node';
import { startModelServer } from './testing/model-server.ts';
import type { Deblur, ModelManifest } from '@deblur/core';
import type { ModelServer } from './testing/model-server.ts';

const bytes = new Uint8Array(await readFile(new URL('../../core/reference/networks/nafnet.onnx', import.meta.url)));
const picture = createImage({ width: 40, height: 32, data: new Float32Array(40 * 32 * 3).map((_, i) => 0.5 + 0.2 * Math.sin(i / 17)) });
let server: ModelServer;
let cache: string;
let deblur: Deblur;

/** A model of the zoo: its address, size and hash are known, its tensor names are a guess. */
async function manifest(): Promise<ModelManifest> {
  const image = (name: string) => ({ name, role: 'image', layout: 'NCHW', type: 'float32', channels: 3 }) as const;
  return {
    specificationVersion: 1, id: 'of-the-zoo', version: '1.0.0', title: 'Test', description: 'For tests.', task: 'motion', tier: 'default', architecture: 'NAFNet',
    licences: { weights: { spdx: 'CC0-1.0', name: 'none', source: 'https://example.org' }, data: [] }, provenance: 'random weights',
    tensors: { inputs: [image('input')], outputs: [image('output')] }, size: { minimum: 8, multipleOf: 4 }, halo: 4, overlap: 16, tiling: 'supported',
    pre: [], metrics: [], verification: 'unverified',
    files: [{ path: 'net.onnx', bytes: bytes.length, sha256: await sha256(bytes), precision: 'fp32', urls: [server.url.href] }],
  };
}

beforeEach(async () => {
  server = await startModelServer(bytes);
  cache = await mkdtemp(join(tmpdir(), 'deblur-zoo-'));
  const zoo = await manifest();
  deblur = createDeblur({
    plugins: [nodeBackend({ cache }), { specificationVersion: 1, id: 'zoo', models: (files) => [{ manifest: zoo, source: urlSource(files) }] }],
  });
});
afterEach(async () => {
  await deblur.dispose();
  await server.close();
  await rm(cache, { recursive: true });
});

it('is downloaded when named, runs under the file’s own tensor names, and warns in the result', async () => {
  await expect(deblur.run(picture)).rejects.toMatchObject({ code: 'model-not-found', message: expect.stringMatching(/unverified and runs only when named/) });
  expect(server.ranges).toEqual([]);
  const { image, warnings, model } = await deblur.run(picture, { model: 'of-the-zoo' });
  expect(model).toEqual({ id: 'of-the-zoo', version: '1.0.0' });
  expect(warnings).toEqual([expect.objectContaining({ code: 'model-unverified', details: { model: 'of-the-zoo', version: '1.0.0' } })]);
  expect(image!.data.every((value) => value > 0 && value < 1)).toBe(true);
  expect(server.ranges).toEqual([null]);
});

it('is not downloaded on when the caller gives up or the client is disposed, and gone on with later', async () => {
  server.next({ pieceMs: 100 });
  const controller = new AbortController();
  const progressed = vi.fn(({ stage, done }: { stage: string; done: number }) => stage === 'download' && done > 20_000 && controller.abort('enough'));
  await expect(deblur.run(picture, { model: 'of-the-zoo', signal: controller.signal, onProgress: progressed })).rejects.toMatchObject({ code: 'aborted', cause: 'enough' });
  await vi.waitFor(async () => expect((await readdir(join(cache, 'models'))).map((name) => name.slice(64))).toEqual(['.part']));

  server.next({ pieceMs: 100 });
  const running = deblur.run(picture, { model: 'of-the-zoo' });
  const outcome = expect(running).rejects.toMatchObject({ code: 'disposed' });
  await vi.waitFor(() => expect(server.ranges).toHaveLength(2));
  expect(server.ranges[1]).toMatch(/^bytes=\d+-$/);
  await deblur.dispose();
  await outcome;
});
