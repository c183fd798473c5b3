import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { convertSamples, OutputError, psfToImage } from '@deblur/core';
import type { Deblur, Psf } from '@deblur/core';

/**
 * Writes a PSF as `--psf` reads it: a `.json` file of its rows, or a picture, 16-bit grey, the largest weight white.
 * @returns the absolute path
 * @throws OutputError
 */
export async function writePsf(client: Deblur, psf: Psf, path: string, overwrite: boolean): Promise<string> {
  if (/\.json$/i.test(path)) await writeDocument(psf, path, overwrite);
  else await client.write(convertSamples(psfToImage(psf), 'uint16'), path, { overwrite });
  return resolve(path);
}

async function writeDocument({ width, height, data, centre }: Psf, path: string, overwrite: boolean): Promise<void> {
  if (!overwrite && await stat(path).catch(() => undefined)) {
    throw new OutputError(`${path} exists. Choose another name, or replace it with --overwrite.`);
  }
  const rows = Array.from({ length: height }, (_, y) => Array.from(data.subarray(y * width, (y + 1) * width)));
  const partial = `${path}.${process.pid}.part`;
  try {
    await writeFile(partial, `${JSON.stringify({ rows, centre })}\n`, { flag: 'wx' });
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true });
    throw new OutputError(`The PSF cannot be written to ${path}: ${(cause as Error).message}.`, { cause });
  }
}
