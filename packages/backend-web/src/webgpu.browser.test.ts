import { createDeblur } from '@deblur/core';
import { createFileAccess, createWebBackend, webBackend } from '@deblur/backend-web';
import { afterAll, expect, it } from 'vitest';
import { convolveAll, makeConvolution } from './testing/tiny-onnx.ts';
import { createWorkerPool } from './testing/worker-pool.ts';
import { ffdnetColorManifest } from '@deblur/models';
import { referenceInputs } from './testing/node-reference.ts';
import { sabotage } from './testing/sabotage.ts';
import { startTestWorker } from './testing/start-test-worker.ts';
import { startWorker } from './start-worker.ts';
import { tinyModel } from './testing/tiny-model.ts';
import type { PixelImage } from '@deblur/core';
import type { Convolution } from './testing/tiny-onnx.ts';

const pool = createWorkerPool(startWorker);
afterAll(() => pool.dispose());

const side = 64;
const picture: PixelImage = {
  width: side, height: side, channels: 3, transfer: 'srgb', data: Float32Array.from({ length: side * side * 3 }, (_, i) => ((i * 31) % 255) / 255),
};

/** Largest difference of a result to what loops compute, away from the edge, where the picture is mirrored instead of zero. */
function largestError(layers: readonly Convolution[], image: PixelImage): number {
  const plane = side * side;
  const planes = Float64Array.from({ length: 3 * plane }, (_, i) => picture.data[(i % plane) * 3 + Math.floor(i / plane)]!);
  const expected = convolveAll(layers, planes, side, side);
  const inside = (i: number): boolean => [Math.floor(i / 3) % side, Math.floor(i / 3 / side)].every((at) => at >= 4 && at < side - 4);
  const error = (value: number, i: number): number => Math.abs(value - expected[(i % 3) * plane + Math.floor(i / 3)]!);
  return Math.max(...Array.from(image.data, (value, i) => (inside(i) ? error(value, i) : 0)));
}

it('passes WebGPU over for a network it computes wrong, and says so', async () => {
  const layers = [makeConvolution(3, 6, 1, 1), makeConvolution(6, 8, 3, 2), makeConvolution(8, 3, 1, 3)];
  const deblur = createDeblur({ plugins: [webBackend({ softwareWebGpu: true, threads: 1 })] });
  const { image, backend, warnings } = await deblur.run(picture, { model: await tinyModel(layers) });
  await deblur.dispose();
  expect(backend?.provider).toBe('wasm');
  expect(warnings).toEqual([expect.objectContaining({ code: 'provider-demoted', message: expect.stringMatching(/webgpu gives wrong results .* dB/) })]);
  expect(largestError(layers, image!)).toBeLessThan(1e-5);
}, 120_000);

it('rebuilds the session once when the GPU device is lost, and goes on', async () => {
  const layers = [makeConvolution(3, 4, 3, 1), makeConvolution(4, 3, 3, 2)];
  const deblur = createDeblur({ plugins: [webBackend({ softwareWebGpu: true, providers: ['webgpu'], createWorker: startTestWorker })] });
  let lost = false;
  const { image, backend, warnings } = await deblur.run(picture, {
    model: await tinyModel(layers), tile: 32,
    onProgress: ({ stage, done }) => {
      if (stage !== 'restore' || done !== 1 || lost) return;
      lost = true;
      sabotage('destroy-device');
    },
  });
  await deblur.dispose();
  expect(backend?.provider).toBe('webgpu');
  expect(warnings.map(({ code }) => code)).toEqual(['session-rebuilt']);
  expect(largestError(layers, image!)).toBeLessThan(1e-5);
}, 120_000);

it.each(['wasm', 'webgpu'] as const)('computes on %s what onnxruntime-node computes, to 60 dB', async (provider) => {
  const files = createFileAccess({ cache: false });
  const [onnx, reference] = await Promise.all([
    files.read(new URL('../../models/files/ffdnet-color.onnx', import.meta.url)),
    files.read(new URL('./testing/fixtures/ffdnet-node.f32', import.meta.url)),
  ]);
  const backend = createWebBackend({ softwareWebGpu: true, createWorker: pool.createWorker });
  const session = await backend.createSession({ manifest: ffdnetColorManifest, bytes: onnx }, { provider });
  const { output } = await session.run(referenceInputs());
  await backend.dispose();
  const expected = new Float32Array(reference.slice().buffer as ArrayBuffer);
  expect(output?.data.length).toBe(expected.length);
  const psnr = -10 * Math.log10(expected.reduce((sum, value, i) => sum + (value - Number(output?.data[i])) ** 2, 0) / expected.length);
  console.log(`${provider} in Chromium against onnxruntime-node: ${psnr.toFixed(1)} dB`);
  expect(psnr).toBeGreaterThanOrEqual(60);
}, 240_000);
