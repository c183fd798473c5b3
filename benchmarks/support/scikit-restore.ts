import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createImage, toLinear, toSrgb } from '@deblur/core';
import type { PixelImage, Psf } from '@deblur/core';

/** A picture that Python restored. Seconds exclude the start of the process and its files. */
export interface ScikitResult {
  /** 8 bits, sRGB. */
  readonly image: PixelImage;
  readonly seconds: number;
  readonly processorSeconds: number;
}

/** Restores a picture in linear light; `method` is one of scikit-restore.py. Runs `python3`, or what the environment variable PYTHON names. */
export async function restoreWithScikit(method: string, image: PixelImage, psf: Psf): Promise<ScikitResult> {
  const { width, height } = image;
  const pixels = width * height;
  const light = toLinear(image, 'float32').data;
  const planes = Float32Array.from({ length: 3 * pixels }, (_, i) => light[(i % pixels) * 3 + Math.floor(i / pixels)]!);
  const folder = await mkdtemp(join(tmpdir(), 'scikit-restore-'));
  const [picture, kernel, result] = ['picture.f32', 'psf.f32', 'result.f32'].map((name) => join(folder, name)) as [string, string, string];
  await writeFile(picture, planes);
  await writeFile(kernel, psf.data);
  const script = fileURLToPath(new URL('scikit-restore.py', import.meta.url));
  const sizes = [picture, width, height, kernel, psf.width, psf.height, result].map(String);
  const { stdout } = await promisify(execFile)(process.env.PYTHON ?? 'python3', [script, method, ...sizes]);
  const [seconds, processorSeconds] = stdout.split(' ').map(Number) as [number, number];
  const bytes = await readFile(result);
  await rm(folder, { recursive: true });
  const restored = new Float32Array(bytes.buffer, bytes.byteOffset, 3 * pixels);
  const data = Float32Array.from({ length: 3 * pixels }, (_, i) => Math.min(1, Math.max(0, restored[(i % 3) * pixels + Math.floor(i / 3)]!)));
  return { image: toSrgb(createImage({ width, height, data, transfer: 'linear' }), 'uint8'), seconds, processorSeconds };
}
