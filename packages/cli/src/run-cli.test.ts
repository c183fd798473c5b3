import { copyFile, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeFolder, makePicture } from './testing/make-pictures.ts';
import { runCaptured } from './testing/run-captured.ts';
import type { RunReport } from './report/run-report.ts';

/** The denoiser is the fastest real network there is in the box. */
const denoise = ['--model', 'ffdnet-color', '--noise', '0.05'];
let folder: string;

beforeEach(async () => {
  folder = await makeFolder();
});

describe('deblur run', () => {
  it('restores a picture and tells the whole story in one JSON document', async () => {
    const input = await makePicture(join(folder, 'photo.png'));
    const output = join(folder, 'out.png');
    const { code, json, stderr } = await runCaptured(['run', input, '-o', output, ...denoise, '--json', '--quiet']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(json()).toMatchObject({
      command: 'run',
      results: [{ input, output, model: 'ffdnet-color@1.0.0', provider: 'cpu', warnings: [], timings: { totalMs: expect.any(Number) } }],
      summary: { done: 1, failed: 0, interrupted: false },
    });
    expect(await sharp(output).metadata()).toMatchObject({ width: 96, height: 64, format: 'png' });
    expect(await readdir(folder)).toEqual(['out.png', 'photo.png']);
  });

  it('needs no command word, writes beside the source and shows progress in plain lines', async () => {
    const input = await makePicture(join(folder, 'photo.jpg'));
    const { code, stdout, stderr } = await runCaptured([input, ...denoise]);
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/photo\.jpg: 100% \(\d+ of \d+ tiles\)/);
    expect(stderr).toMatch(/ffdnet-color@1\.0\.0 on cpu, \d+ tiles?, .* MP\/s/);
    expect((await stat(join(folder, 'photo.deblurred.jpg'))).size).toBeGreaterThan(1000);
  });

  it('does the others of a batch when one fails, and summarises', async () => {
    await mkdir(join(folder, 'in'));
    await makePicture(join(folder, 'in', 'a.jpg'));
    await writeFile(join(folder, 'in', 'b.jpg'), 'this is not a picture');
    await writeFile(join(folder, 'in', 'c.jpg'), '');
    const whole = await readFile(join(folder, 'in', 'a.jpg'));
    await writeFile(join(folder, 'in', 'd.jpg'), whole.subarray(0, whole.length >> 1));
    await makePicture(join(folder, 'in', 'e.png'), 1, 1);
    const { code, json, stderr } = await runCaptured(['run', join(folder, 'in'), '-o', join(folder, 'out'), ...denoise, '--json']);
    expect(code).toBe(1);
    const { results, summary } = json<RunReport>();
    expect(summary).toEqual({ done: 2, failed: 3, interrupted: false });
    expect(results.map((entry) => ('error' in entry ? entry.error.code : 'done'))).toEqual(['done', 'image-unreadable', 'image-unreadable', 'image-unreadable', 'done']);
    for (const name of ['b.jpg', 'c.jpg', 'd.jpg']) expect(stderr).toContain(join(folder, 'in', name));
    expect(stderr).toContain('2 done, 3 failed.');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect((await readdir(join(folder, 'out'))).sort()).toEqual(['a.jpg', 'e.png']);
  });

  it('writes a labelled comparison', async () => {
    const input = await makePicture(join(folder, 'photo.png'));
    const { code } = await runCaptured(['run', input, '-o', join(folder, 'out.png'), '--compare', join(folder, 'both.png'), ...denoise]);
    expect(code).toBe(0);
    const { width, height } = await sharp(join(folder, 'both.png')).metadata();
    expect(width).toBe(2 * 96 + 8);
    expect(height).toBeGreaterThan(64);
  });

  it('leaves an existing file alone unless told otherwise', async () => {
    const input = await makePicture(join(folder, 'photo.png'));
    const output = join(folder, 'out.png');
    await writeFile(output, 'mine');
    const refused = await runCaptured(['run', input, '-o', output, ...denoise, '--json']);
    expect(refused.code).toBe(1);
    expect(refused.json()).toMatchObject({ results: [{ input, error: { code: 'output-failed', message: expect.stringContaining(output) } }] });
    expect(await readFile(output, 'utf8')).toBe('mine');
    expect((await runCaptured(['run', input, '-o', output, ...denoise, '--overwrite'])).code).toBe(0);
  });

  it('never writes over its source, not even through a link', async () => {
    const input = await makePicture(join(folder, 'photo.png'));
    const before = await readFile(input);
    await symlink(input, join(folder, 'link.png'));
    for (const output of [input, join(folder, 'link.png')]) {
      const { code, stderr } = await runCaptured(['run', input, '-o', output, ...denoise, '--overwrite']);
      expect(code).toBe(1);
      expect(stderr).toMatch(/is the input itself/);
    }
    expect(await readFile(input)).toEqual(before);
  });

  it.each([
    [['--provider', 'quantum'], 'unsupported', /quantum/],
    [['--model', 'maxim-s9'], 'model-not-found', /maxim-s/],
    [['--model', './nowhere/own.onnx'], 'model-not-found', /own\.onnx/],
    [['-o', '/dev/null/out.png'], 'output-failed', /\/dev\/null/],
  ])('names what is wrong with %j', async (args, errorCode, message) => {
    const input = await makePicture(join(folder, 'photo.png'));
    const { code, stdout, stderr } = await runCaptured(['run', input, ...denoise, '--json', ...args]);
    expect(code).toBe(1);
    expect(stdout).toContain(`"code": "${errorCode}"`);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await readdir(folder)).toEqual(['photo.png']);
  });

  it.each([[['run']], [['run', 'a.png', '--strength', '3']], [['run', 'a.png', '--scale', '0.3']], [['frobnicate', '--wrong']]])(
    'refuses the command line %j with exit code 2', async (args) => {
      const { code, json } = await runCaptured([...args, '--json']);
      expect(code).toBe(2);
      expect(json()).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
    },
  );

  it('stops when interrupted, leaving no partial file', async () => {
    const inputs = [await makePicture(join(folder, 'a.png'), 600, 600), await makePicture(join(folder, 'b.png'))];
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 400);
    const { code, json } = await runCaptured(['run', ...inputs, '-o', join(folder, 'out'), '--model', 'ffdnet-color', '--tile', '64', '--json'], controller.signal);
    expect(code).toBe(130);
    expect(json()).toMatchObject({ summary: { interrupted: true } });
    expect(await readdir(join(folder, 'out'))).toEqual([]);
  });

  it('runs a model of the user’s own by path, and says when its files are not what the manifest declares', async () => {
    const models = fileURLToPath(new URL('../../models/', import.meta.url));
    await mkdir(join(folder, 'own/files'), { recursive: true });
    const manifest = JSON.parse(await readFile(join(models, 'manifests/ffdnet-color.json'), 'utf8'));
    for (const name of await readdir(join(models, 'files'))) {
      if (name.startsWith('ffdnet-color')) await copyFile(join(models, 'files', name), join(folder, 'own/files', name));
    }
    const path = join(folder, 'own/my-denoiser.json');
    await writeFile(path, JSON.stringify({ ...manifest, id: 'my-denoiser' }));
    const input = await makePicture(join(folder, 'photo.png'));
    const own = await runCaptured(['run', input, '-o', join(folder, 'out.png'), '--model', path, '--json', '--quiet']);
    expect(own.json()).toMatchObject({ results: [{ model: 'my-denoiser@1.0.0' }] });

    const [weights] = manifest.files;
    const corrupt = join(folder, 'own', weights.path);
    const bytes = await readFile(corrupt);
    bytes[1000] ^= 1;
    await writeFile(corrupt, bytes);
    const wrong = await runCaptured(['run', input, '-o', join(folder, 'out2.png'), '--model', path, '--json', '--quiet']);
    expect(wrong.json()).toMatchObject({ results: [{ error: { code: 'integrity-failed', message: expect.stringContaining('sha256') } }] });

    await writeFile(path, JSON.stringify({ ...manifest, id: 'my-denoiser', halo: -1 }));
    const invalid = await runCaptured(['run', input, '-o', join(folder, 'out3.png'), '--model', path, '--json', '--quiet']);
    expect(invalid.json()).toMatchObject({ error: { code: 'manifest-invalid', message: expect.stringContaining('/halo') } });
    expect((await readdir(folder)).sort()).toEqual(['out.png', 'own', 'photo.png']);
  });
});

describe('deblur measure', () => {
  it('prints named figures, and null with `identical` for equal pictures', async () => {
    const a = await makePicture(join(folder, 'a.png'));
    await sharp(a).blur(1).toFile(join(folder, 'b.png'));
    const { code, json } = await runCaptured(['measure', a, join(folder, 'b.png'), '--align', '--crop', '4', '--json']);
    expect(code).toBe(0);
    const figures = json<Record<string, number>>();
    expect(figures['psnr']).toBeGreaterThan(15);
    expect(figures['psnrAligned']).toBeGreaterThanOrEqual(figures['psnr']! - 1e-9);
    expect(figures['ssim']).toBeGreaterThan(0.1);
    expect((await runCaptured(['measure', a, a, '--json'])).json()).toMatchObject({ identical: true, psnr: null, ssim: 1 });
    expect((await runCaptured(['measure', a, a])).stdout).toMatch(/PSNR +Infinity dB/);
  });

  it('refuses pictures of different sizes', async () => {
    const [a, b] = [await makePicture(join(folder, 'a.png')), await makePicture(join(folder, 'b.png'), 50, 50)];
    const { code, stderr } = await runCaptured(['measure', a, b]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/50×50.*96×64/);
  });
});

describe('deblur doctor and models', () => {
  it('lists providers with reasons', async () => {
    const { json, code } = await runCaptured(['doctor', '--json']);
    expect(code).toBe(0);
    const report = json<{ providers: { provider: string; available: boolean; reason?: string }[]; versions: Record<string, string> }>();
    expect(report.providers.map(({ provider }) => provider).sort()).toEqual(['coreml', 'cpu', 'cuda', 'dml', 'tensorrt', 'webgpu']);
    for (const { available, reason } of report.providers) expect(available || reason).toBeTruthy();
    expect(report.versions).toMatchObject({ 'onnxruntime-node': expect.any(String), sharp: expect.any(String) });
  });

  it('lists, shows and verifies the built-in models', async () => {
    vi.stubEnv('DEBLUR_CACHE', join(folder, 'cache'));
    const list = (await runCaptured(['models', 'list', '--json'])).json<{ models: { id: string }[] }>();
    expect(list.models.map(({ id }) => id)).toEqual(['maxim-s1', 'ffdnet-color', 'maxim-s2', 'nafnet-gopro', 'nafnet-reds']);
    expect((await runCaptured(['models', 'show', 'maxim-s1'])).stdout).toMatch(/Apache-2\.0/);
    const verified = await runCaptured(['models', 'verify', '--json']);
    expect(verified.code).toBe(0);
    expect(verified.json()).toMatchObject({ summary: { checked: 9, failed: 0 } });
    expect((await runCaptured(['models', 'show', 'nothing'])).code).toBe(1);
    vi.unstubAllEnvs();
  });
});
