import { createDeblur } from '@deblur/core';
import { createGpuRestorer } from '@deblur/backend-web/gpu';
import { webBackend } from '@deblur/backend-web';
import { builtinModels, ffdnetColorManifest } from '@deblur/models';
import { askTransfers } from './count-transfers.ts';
import { bitmapPixels, samplesOf, softPicture } from '../bitmap-pixels.ts';
import { makeConvolution } from '../tiny-onnx.ts';
import { tinyModel } from '../tiny-model.ts';
import type { ModelPackage } from '@deblur/core';
import type { Transfers } from './count-transfers.ts';

/** What is measured. */
export interface GpuResidentCase {
  readonly model: 'two convolutions' | 'ffdnet-color';
  readonly width: number;
  readonly height: number;
  readonly tile: number;
  readonly rounds: number;
}

/** One path, warm. */
export interface MeasuredPath {
  /** Least and median time from bitmap to canvas, in milliseconds. */
  readonly leastMs: number;
  readonly medianMs: number;
  /** Of one picture, in the worker. */
  readonly transfers: Transfers;
}

/** Both paths in one page, taking turns. */
export interface MeasuredPaths {
  readonly adapter: string;
  readonly tiles: number;
  readonly readBack: MeasuredPath;
  readonly resident: MeasuredPath;
  /** PSNR in dB between what the two show; Infinity where they are the same. */
  readonly psnr: number;
}

/** Restores one picture from bitmap to canvas by way of the processor's memory and on the GPU alone, in turns. */
export async function measureGpuResident({ model: name, width, height, tile, rounds }: GpuResidentCase): Promise<MeasuredPaths> {
  const picture = await createImageBitmap(softPicture(width, height));
  const model = await findModel(name);
  const [shownByReadBack, shownByGpu] = [document.createElement('canvas'), document.createElement('canvas')];
  const deblur = createDeblur({
    plugins: [webBackend({
      providers: ['webgpu'], softwareWebGpu: true,
      createWorker: () => new Worker(new URL('./counting-webgpu-worker.ts', import.meta.url), { type: 'module' }),
    })],
  });
  const throughProcessor = async (): Promise<void> => {
    const data = samplesOf(readPixels(picture));
    const { image } = await deblur.run({ width, height, channels: 3, transfer: 'srgb', data }, { model, tile });
    show(image!.data as Uint8Array, width, height, shownByReadBack);
  };
  const readBackRuns: number[] = [];
  await throughProcessor();
  await askTransfers();
  for (let round = 0; round < rounds; round++) readBackRuns.push(await time(throughProcessor));
  const readBack = await summarise(readBackRuns);
  await deblur.dispose();

  const restorer = await createGpuRestorer({
    model, softwareWebGpu: true, createWorker: () => new Worker(new URL('./counting-gpu-worker.ts', import.meta.url), { type: 'module' }),
  });
  const residentRuns: number[] = [];
  const { tiles } = await restorer.restore(picture, { canvas: shownByGpu, tile });
  await askTransfers();
  for (let round = 0; round < rounds; round++) residentRuns.push(await time(() => restorer.restore(picture, { canvas: shownByGpu, tile })));
  const resident = await summarise(residentRuns);
  await restorer.dispose();
  return { adapter: await nameAdapter(), tiles: tiles.count, readBack, resident, psnr: psnrOf(bitmapPixels(shownByReadBack), bitmapPixels(shownByGpu)) };
}

async function findModel(name: GpuResidentCase['model']): Promise<ModelPackage> {
  if (name === 'two convolutions') return tinyModel([makeConvolution(3, 4, 3, 1), makeConvolution(4, 3, 3, 2)]);
  const deblur = createDeblur({ plugins: [webBackend(), builtinModels()] });
  return deblur.models.find(ffdnetColorManifest.id);
}

async function summarise(runs: readonly number[]): Promise<MeasuredPath> {
  const { reads, readBytes, writes, writtenBytes } = await askTransfers();
  const sorted = runs.toSorted((a, b) => a - b);
  const each = (sum: number): number => sum / runs.length;
  return {
    leastMs: sorted[0]!, medianMs: sorted[sorted.length >> 1]!,
    transfers: { reads: each(reads), readBytes: each(readBytes), writes: each(writes), writtenBytes: each(writtenBytes) },
  };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function readPixels(bitmap: ImageBitmap): ImageData {
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

function show(samples: Uint8Array, width: number, height: number, canvas: HTMLCanvasElement): void {
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 255 : samples[Math.floor(i / 4) * 3 + (i % 4)]!));
  Object.assign(canvas, { width, height }).getContext('2d')!.putImageData(new ImageData(data, width, height), 0, 0);
}

function psnrOf(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  const squares = a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
  return squares === 0 ? Infinity : -10 * Math.log10(squares / ((a.length * 3) / 4) / 255 ** 2);
}

async function nameAdapter(): Promise<string> {
  const { vendor, architecture, description } = (await navigator.gpu.requestAdapter())!.info;
  return description || `${vendor} ${architecture}`.trim();
}
