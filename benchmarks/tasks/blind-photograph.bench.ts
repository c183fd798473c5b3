/**
 * A photograph of 12 megapixels restored with a PSF that is estimated from it: `run` with `method: 'blind'`, JPEG to PNG, in a fresh
 * process; then once more, aborted after five seconds.
 *
 * Protocol: 4000×3000 put together from Kodak photographs, blurred in linear light by a camera shake of 30 pixels' path, 0.3 % noise,
 * JPEG quality 95. PSNR of the central 2000×1500 in encoded values after the best shift. The estimate looks at a window of 800 pixels of the
 * central four megapixels; the restoration runs by tiles.
 *
 *     npm run bench -- blind-photograph
 */
import { execFile } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { alignedPsnr, blur, crop } from '@deblur/core';
import { createClient } from '../support/client.ts';
import { makePhotograph } from '../support/photograph.ts';
import { report } from '../support/results.ts';

const folder = join(tmpdir(), 'deblur-bench-blind');
const [sharp, blurred, restored] = [await makePhotograph(4000, 3000), join(folder, 'blurred.jpg'), join(folder, 'restored.png')];
const client = createClient();
await mkdir(folder, { recursive: true });
await client.write(await blur(await client.read(sharp), { psf: 'camera-shake:30,3', noise: 0.003, seed: 1 }), blurred, { quality: 95, overwrite: true });

async function restore<T>(...more: readonly string[]): Promise<T> {
  const script = fileURLToPath(new URL('../support/restore-blindly.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@deblur/source', script, blurred, restored, ...more]);
  return JSON.parse(stdout) as T;
}

const done = await restore<{ seconds: number; processorSeconds: number; peakBytes: number; stages: Record<string, number>; tiles: number; silenceSeconds: number; confidence: number }>();
const area = { left: 1000, top: 750, width: 2000, height: 1500 };
const [reference, before, after] = await Promise.all([sharp, blurred, restored].map(async (path) => crop(await client.read(path), area)));
await rm(restored);
const stopped = await restore<{ error?: string; afterAbortMs: number }>('5000');
const left = (await readdir(folder)).filter((name) => name !== 'blurred.jpg');
await client.dispose();
const subject = '12 MP JPEG to PNG, blind';
console.log(done, stopped, left);
await report('blind-photograph', [
  { subject, metric: 'aligned PSNR of the middle, blurred', value: alignedPsnr(before!, reference!), unit: 'dB' },
  { subject, metric: 'aligned PSNR of the middle, restored', value: alignedPsnr(after!, reference!), unit: 'dB' },
  { subject, metric: 'confidence of the PSF', value: done.confidence, unit: '' },
  { subject, metric: 'time', value: done.seconds, unit: 's' },
  { subject, metric: 'processor time', value: done.processorSeconds, unit: 's' },
  { subject, metric: 'peak resident memory', value: done.peakBytes / 1e6, unit: 'MB' },
  { subject, metric: 'progress events, estimate', value: done.stages['estimate'] ?? 0, unit: '' },
  { subject, metric: 'progress events, restore', value: done.stages['restore'] ?? 0, unit: '' },
  { subject, metric: 'longest time without progress', value: done.silenceSeconds, unit: 's' },
  { subject, metric: 'rejected with "aborted" after abort', value: stopped.error === 'aborted' ? stopped.afterAbortMs : NaN, unit: 'ms' },
  { subject, metric: 'files left by the abort', value: left.length, unit: '' },
]);
