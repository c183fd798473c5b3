import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesSource, createDeblur, createImage, importModel, psnr, readOnnxHeader } from '@deblur/core';
import { createNodeBackend } from '@deblur/backend-node';
import type { Deblur, ImportedModel, ImportModelOptions, PixelImage } from '@deblur/core';

const backend = createNodeBackend();
const deblur: Deblur = createDeblur({ plugins: [{ specificationVersion: 1, id: 'test', backend }] });
afterAll(() => deblur.dispose());

/** Tiny networks with random weights, made by core's reference/import-networks.py. */
async function importNetwork(name: string, options: ImportModelOptions = {}): Promise<ImportedModel> {
  const bytes = await readFile(new URL(`../../core/reference/networks/${name}.onnx`, import.meta.url));
  return importModel(backend, { name: `${name}.onnx`, bytes }, options);
}
const said = ({ notes }: ImportedModel): string => notes.map(({ kind, option, message }) => `${kind}${option ? ` (${option})` : ''}: ${message}`).join('\n');

/** Waves and a disc, larger than a tile. */
function picture(width: number, height: number, channels: 1 | 3 = 3): PixelImage {
  return createImage({
    width, height, channels,
    data: new Float32Array(width * height * channels).map((_, i) => {
      const [x, y, c] = [Math.floor(i / channels) % width, Math.floor(i / channels / width), i % channels];
      return 0.5 + 0.2 * Math.sin(x / 5 + c) * Math.cos(y / 7) + (Math.hypot(x - 60, y - 50) < 30 ? 0.2 : 0);
    }),
  });
}

describe('networks shaped like those people bring', () => {
  it.each([
    ['nafnet', { input: 'lq', output: 'restored', minimum: 8 }],
    ['mimo-unet', { input: 'image', output: 'whole', minimum: 8 }],
    ['restormer', { input: 'input', output: 'output', minimum: 8 }],
  ])('%s is imported: names, sizes, halo, golden tile', async (name, { input, output, minimum }) => {
    const imported = await importNetwork(name);
    const { manifest, files, measured } = imported;
    expect(manifest).toMatchObject({
      id: name, size: { multipleOf: 4, minimum }, pre: [{ op: 'convert', to: 'float32' }],
      tensors: {
        inputs: [{ name: input, role: 'image', layout: 'NCHW', type: 'float32', channels: 3 }],
        outputs: [{ name: output, role: 'image', layout: 'NCHW', type: 'float32', channels: 3 }],
      },
    });
    expect(Object.keys(files)).toEqual([`${name}.onnx`, `${name}.golden-input.u8`, `${name}.golden-output.f32`]);
    expect(measured.reach).toHaveLength(192);
    expect(manifest.halo).toBeGreaterThan(0);
    expect(manifest.overlap).toBeGreaterThanOrEqual(2 * manifest.halo);
    expect(said(imported)).toMatch(/assumed \(range\): Values of \[0, 1\].*dB/);
    expect(said(imported)).toMatch(/assumed \(order\).*bgr/);
  });

  it('runs an imported one with its golden tile checked; tiles give what the whole picture gives', async () => {
    const { manifest, files } = await importNetwork('mimo-unet');
    const model = { manifest, source: bytesSource(files) };
    const input = picture(200, 150);
    const whole = await deblur.run(input, { model, tile: 200 });
    expect(whole.tiles.count).toBe(1);
    expect(whole.warnings).toEqual([]);
    expect(psnr(whole.image!, input)).toBeLessThan(60);
    const tiled = await deblur.run(input, { model, tile: 96 });
    expect(tiled.tiles.count).toBeGreaterThan(2);
    // Half a grey level is 54 dB.
    expect(psnr(tiled.image!, whole.image!)).toBeGreaterThan(54);
  });
});

it('finds a fixed size, NHWC, and the range in which the result resembles the picture', async () => {
  const imported = await importNetwork('channels-last-255');
  expect(imported.manifest).toMatchObject({
    size: { fixed: { width: 64, height: 64 } },
    tensors: { inputs: [{ name: 'picture', layout: 'NHWC' }], outputs: [{ name: 'result', layout: 'NHWC' }] },
    pre: [{ op: 'convert', to: 'float32' }, { op: 'normalise', mean: 0, std: 1 / 255 }],
  });
  expect(said(imported)).toMatch(/assumed \(range\): Values of \[0, 255\]/);
  const input = picture(90, 70);
  const { image } = await deblur.run(input, { model: { manifest: imported.manifest, source: bytesSource(imported.files) } });
  expect(psnr(image!, input)).toBeGreaterThan(20);
  expect((await importNetwork('channels-last-255', { range: '0-1' })).manifest.pre).toEqual([{ op: 'convert', to: 'float32' }]);
});

it('takes grey networks with a further input, whose usual value must be given', async () => {
  await expect(importNetwork('grey-denoiser')).rejects.toMatchObject({ code: 'invalid-argument', message: expect.stringMatching(/sigma \(float32 1×1×1×1\).*parameters/) });
  const imported = await importNetwork('grey-denoiser', { parameters: { sigma: 0.5 }, task: 'denoise' });
  expect(imported.manifest).toMatchObject({ size: { multipleOf: 1 }, tiling: 'supported', halo: 1 });
  expect(imported.manifest.tensors.inputs[1]).toMatchObject({ name: 'sigma', role: 'parameter', dims: [1, 1, 1, 1], default: 0.5, minimum: 0, maximum: 1 });
  const input = picture(70, 50, 1);
  const run = async (sigma: number): Promise<number> => psnr(
    (await deblur.run(input, { model: { manifest: imported.manifest, source: bytesSource(imported.files) }, parameters: { sigma } })).image!, input,
  );
  expect(await run(0)).toBeGreaterThan(100);
  expect(await run(0.5)).toBeLessThan(50);
});

it('measures how far a real network looks: 12 convolutions at half the size see 24 pixels and their pair', async () => {
  const bytes = await readFile(new URL('../../models/files/ffdnet-color.onnx', import.meta.url));
  const { manifest, measured } = await importModel(backend, { name: 'ffdnet.onnx', bytes }, { parameters: { sigma: 0.08 } });
  expect(manifest).toMatchObject({ size: { multipleOf: 2 }, tiling: 'supported' });
  expect(measured.reach.slice(26).every((change) => change === 0)).toBe(true);
  expect(manifest.halo).toBeGreaterThan(6);
  expect(manifest.halo).toBeLessThanOrEqual(25);
});

it('takes names, size, order and residual as they are told', async () => {
  const { manifest, files } = await importNetwork('nafnet', {
    id: 'mine', range: '-1-1', order: 'bgr', residual: true, size: { width: 96, height: 64 }, licence: 'MIT', source: 'https://example.org', tier: 'quality',
  });
  expect(manifest).toMatchObject({
    id: 'mine', tier: 'quality', size: { fixed: { width: 96, height: 64 } }, licences: { weights: { spdx: 'MIT', source: 'https://example.org' } },
    pre: [{ op: 'convert' }, { op: 'channels', order: 'bgr' }, { op: 'normalise', mean: 0.5, std: 0.5 }],
    post: [{ op: 'residual', inputs: ['restored', 'input'] }, { op: 'normalise', mean: -1, std: 2 }],
  });
  const { image } = await deblur.run(picture(120, 100), { model: { manifest, source: bytesSource(files) } });
  expect(image!.data.every((value) => Number.isFinite(value))).toBe(true);
});

it.each<[string, string, ImportModelOptions, string, RegExp]>([
  ['networks that enlarge', 'enlarger', {}, 'model-failed', /gave no picture of the size it was given.*enlarge or reduce cannot be imported/],
  ['sizes it does not take', 'nafnet', { size: { width: 66, height: 64 } }, 'model-failed', /66×64 pixels/],
  ['inputs it does not have', 'nafnet', { inputName: 'x' }, 'invalid-argument', /no input "x"; it has lq \(float32 \?×3×\?×\?\)/],
  ['outputs it does not have', 'mimo-unet', { outputName: 'x' }, 'invalid-argument', /no output "x"; it has quarter/],
  ['outputs of another size', 'mimo-unet', { outputName: 'half' }, 'model-failed', /gave no picture of the size/],
])('refuses %s', async (_, name, options, code, message) => {
  await expect(importNetwork(name, options)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

it('refuses what is no ONNX file, whole or cut off', async () => {
  const whole = await readFile(new URL('../../core/reference/networks/nafnet.onnx', import.meta.url));
  for (const bytes of [new Uint8Array(), new TextEncoder().encode('<!doctype html><title>Not found</title>'), whole.subarray(0, 5000)]) {
    await expect(importModel(backend, { name: 'x.onnx', bytes })).rejects.toMatchObject({ code: 'model-failed', message: expect.stringMatching(/not a readable ONNX file/) });
  }
  expect(readOnnxHeader(whole)).toMatchObject({ producer: 'pytorch 2.13.0', opset: 17, externalData: false });
  expect(backend.workerCount).toBeLessThan(4);
});
