import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeFolder, makePicture } from '../../testing/make-pictures.ts';
import { runCaptured } from '../../testing/run-captured.ts';
import { serveFolder } from '../../testing/serve-folder.ts';
import type { FolderServer } from '../../testing/serve-folder.ts';

const networks = fileURLToPath(new URL('../../../../core/reference/networks/', import.meta.url));
let folder: string;
let own: string;
let server: FolderServer | undefined;

beforeEach(async () => {
  folder = await makeFolder();
  own = join(folder, 'own');
  vi.stubEnv('DEBLUR_CACHE', join(folder, 'cache'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const importNetwork = (name: string, ...options: string[]) => runCaptured(['models', 'import', join(networks, `${name}.onnx`), '-o', own, ...options]);

describe('deblur models import', () => {
  it('writes a folder that run takes, and says what it assumed and how to change it', async () => {
    const imported = await importNetwork('nafnet');
    expect(imported.code).toBe(0);
    expect(imported.stderr).toMatch(/assumed: Channels were taken as red, green, blue.*--order/);
    expect(imported.stderr).toMatch(/measured: Sides are multiples of 4/);
    expect((await readdir(own)).sort()).toEqual(['manifest.json', 'nafnet.golden-input.u8', 'nafnet.golden-output.f32', 'nafnet.onnx']);
    const input = await makePicture(join(folder, 'photo.png'));
    for (const model of [own, `${own}/`, join(own, 'manifest.json')]) {
      const run = await runCaptured(['run', input, '-o', join(folder, 'out.png'), '--model', model, '--overwrite', '--json', '--quiet']);
      expect(run.json()).toMatchObject({ results: [{ model: 'nafnet@1.0.0', warnings: [] }] });
    }
    expect(await sharp(join(folder, 'out.png')).metadata()).toMatchObject({ width: 96, height: 64 });
    const again = await importNetwork('nafnet', '--json');
    expect(again.json()).toMatchObject({ error: { code: 'output-failed', message: expect.stringMatching(/--overwrite/) } });
  });

  it('takes what it is told', async () => {
    const { code, json } = await importNetwork(
      'grey-denoiser', '--parameter', 'sigma=0.2', '--task', 'denoise', '--range=-1-1', '--residual', '--size', '96x64', '--licence', 'MIT', '--id', 'mine', '--json', '--quiet',
    );
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      manifest: {
        id: 'mine', task: 'denoise', size: { fixed: { width: 96, height: 64 } }, licences: { weights: { spdx: 'MIT' } },
        pre: [{ op: 'convert' }, { op: 'normalise', mean: 0.5, std: 0.5 }], post: [{ op: 'residual' }, { op: 'normalise' }],
      },
      measured: { provider: 'cpu', msPerMegapixel: expect.any(Number) },
    });
  });

  it.each([
    [['enlarger'], 1, /enlarge or reduce cannot be imported/],
    [['grey-denoiser'], 2, /sigma \(float32 1×1×1×1\)/],
    [['nothing'], 1, /nothing\.onnx cannot be read/],
    [['nafnet', '--size', 'big'], 2, /1280x720/],
    [['nafnet', '--parameter', 'sigma'], 2, /sigma=0\.1/],
  ])('refuses %j', async ([name, ...options], exitCode, message) => {
    const { code, stderr } = await importNetwork(name!, ...options);
    expect(code).toBe(exitCode);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await readdir(folder)).not.toContain('own');
  });
});

describe('deblur models add, where, verify, remove', () => {
  it('makes a model of an address known by name, here and offline, until it is removed', async () => {
    await importNetwork('mimo-unet', '--id', 'of-the-net');
    server = await serveFolder(own);
    const address = `${server.url}/manifest.json`;
    const added = await runCaptured(['models', 'add', address, '--json']);
    expect(added.json()).toMatchObject({ command: 'models add', added: [{ model: 'of-the-net@1.0.0' }] });
    expect(server.asked.sort()).toEqual(['/manifest.json', '/of-the-net.golden-input.u8', '/of-the-net.golden-output.f32', '/of-the-net.onnx']);
    await server.close();

    const list = (await runCaptured(['models', 'list', '--json'])).json<{ models: { id: string; state: string }[] }>();
    expect(list.models.find(({ id }) => id === 'of-the-net')).toMatchObject({ state: 'cached' });
    const input = await makePicture(join(folder, 'photo.png'));
    const run = await runCaptured(['run', input, '-o', join(folder, 'out.png'), '--model', 'of-the-net', '--offline', '--json', '--quiet']);
    expect(run.json()).toMatchObject({ results: [{ model: 'of-the-net@1.0.0', warnings: [] }] });

    const where = (await runCaptured(['models', 'where', 'of-the-net', '--json'])).json<{ cache: { files: number }; files: { location: string; state: string }[] }>();
    expect(where.cache.files).toBe(3);
    expect(where.files.every(({ state }) => state === 'cached')).toBe(true);
    expect((await runCaptured(['models', 'verify', 'of-the-net'])).code).toBe(0);
    await writeFile(where.files[0]!.location, 'damaged');
    const verified = await runCaptured(['models', 'verify', 'of-the-net', '--json']);
    expect(verified.code).toBe(1);
    expect(verified.json()).toMatchObject({ summary: { checked: 3, failed: 1 } });
    expect(await readdir(join(folder, 'cache', 'models'))).toHaveLength(2);

    expect((await runCaptured(['models', 'remove', 'of-the-net'])).stdout).toMatch(/of-the-net@1\.0\.0 removed/);
    expect(await readdir(join(folder, 'cache', 'models'))).toEqual([]);
    expect((await runCaptured(['models', 'show', 'of-the-net'])).code).toBe(1);
  });

  it('makes a folder known by name, and leaves it when removed', async () => {
    await importNetwork('nafnet', '--quiet');
    expect((await runCaptured(['models', 'add', own, '--quiet'])).code).toBe(0);
    const list = (await runCaptured(['models', 'list'])).stdout;
    expect(list).toMatch(/nafnet@1\.0\.0 .* here /);
    expect((await runCaptured(['models', 'where', 'nafnet'])).stdout).toContain(join(own, 'nafnet.onnx'));
    await runCaptured(['models', 'remove', 'nafnet']);
    expect(await readdir(own)).toHaveLength(4);
    expect((await runCaptured(['models', 'list'])).stdout).not.toMatch(/nafnet@/);
  });

  it('fetches nothing for list, show, where and verify, and nothing offline', async () => {
    vi.stubGlobal('fetch', () => {
      throw new Error('The network was used.');
    });
    for (const args of [['list'], ['show', 'nafnet-gopro'], ['where', 'nafnet-gopro'], ['verify']]) expect((await runCaptured(['models', ...args])).code).toBe(0);
    const input = await makePicture(join(folder, 'photo.png'));
    const run = await runCaptured(['run', input, '-o', join(folder, 'out.png'), '--model', 'nafnet-gopro', '--offline']);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/not in the cache .*deblur models add/);
    vi.stubEnv('DEBLUR_OFFLINE', '1');
    expect((await runCaptured(['models', 'add', 'nafnet-gopro', '--json'])).json()).toMatchObject({ error: { code: 'model-not-found' } });
    expect((await runCaptured(['models', 'verify', 'nafnet-gopro'])).code).toBe(1);
    vi.unstubAllGlobals();
  });

  it.each([
    [['remove', 'maxim-s1'], 2, /part of the package @deblur\/models/],
    [['add', 'http://127.0.0.1:1/manifest.json'], 1, /cannot be downloaded/],
    [['add', './nowhere/'], 1, /nowhere/],
    [['where', 'nothing'], 1, /no model "nothing"/],
  ])('refuses %j', async (args, exitCode, message) => {
    const { code, stderr } = await runCaptured(['models', ...args]);
    expect(code).toBe(exitCode);
    expect(stderr).toMatch(message);
  });

  it('says which record is damaged', async () => {
    await importNetwork('nafnet', '--quiet');
    await runCaptured(['models', 'add', own, '--quiet']);
    const [name] = await readdir(join(folder, 'cache', 'added'));
    await writeFile(join(folder, 'cache', 'added', name!), '{');
    expect((await runCaptured(['models', 'list'])).stderr).toContain(name);
  });
});

it('takes auto and every tier as --model, and says when a tier has no model of its own', async () => {
  const input = await makePicture(join(folder, 'photo.png'), 64, 64);
  const run = await runCaptured(['run', input, '-o', join(folder, 'out.png'), '--model', 'fast', '--json', '--quiet']);
  expect(run.json()).toMatchObject({
    results: [{ model: 'maxim-s1@1.0.0', warnings: [{ code: 'option-changed', message: 'There is no model of tier fast; maxim-s1 (default) was used.' }] }],
  });
  for (const [name, id] of [['auto', 'maxim-s1'], ['default', 'maxim-s1'], ['quality', 'maxim-s2']]) {
    expect((await runCaptured(['models', 'show', name!])).stdout).toMatch(new RegExp(`^${id}@`));
  }
  expect(await readFile(input)).not.toHaveLength(0);
});
