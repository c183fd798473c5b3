import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import type { Psf } from '@deblur/core';

/** Milliseconds that a run took. */
export interface RunTime {
  readonly clock: number;
  /** On the processor, all threads together. */
  readonly processor: number;
}

/** A Python process that holds a picture and a PSF. */
export interface ScikitDeconvolution {
  /** Time of one run; names are those of scikit-deconvolution.py. */
  time(work: string): Promise<RunTime>;
  close(): Promise<void>;
}

/** Starts `python3`, or what the environment variable PYTHON names; it must have scikit-image. */
export async function startScikit(planes: Float32Array, size: { width: number; height: number }, psf: Psf): Promise<ScikitDeconvolution> {
  const folder = await mkdtemp(join(tmpdir(), 'scikit-deconvolution-'));
  const [picture, kernel] = [join(folder, 'picture.f32'), join(folder, 'psf.f32')];
  await writeFile(picture, planes);
  await writeFile(kernel, psf.data);
  const script = fileURLToPath(new URL('scikit-deconvolution.py', import.meta.url));
  const sizes = [picture, size.width, size.height, kernel, psf.width, psf.height].map(String);
  const child = spawn(process.env.PYTHON ?? 'python3', [script, ...sizes], { stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Python ended with code ${code}; set PYTHON to one that has scikit-image.`)));
  });
  failed.catch(() => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => String((await Promise.race([lines.next(), failed])).value);
  await answer();
  return {
    async time(work) {
      child.stdin.write(`${work}\n`);
      const [clock, processor] = (await answer()).split(' ').map(Number) as [number, number];
      return { clock, processor };
    },
    async close() {
      child.stdin.end();
      await rm(folder, { recursive: true });
    },
  };
}
