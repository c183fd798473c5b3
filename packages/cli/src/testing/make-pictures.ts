import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

/** A new empty folder. */
export function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'deblur-cli-'));
}

/** Writes a smooth colour picture with some noise to `path`, in the format of its ending. */
export async function makePicture(path: string, width = 96, height = 64): Promise<string> {
  const data = Buffer.alloc(width * height * 3);
  let seed = 1;
  for (let i = 0; i < data.length; i++) {
    seed = (seed * 16807) % 2147483647;
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    data[i] = 128 + 60 * Math.sin(x / 9 + (i % 3)) * Math.cos(y / 7) + (seed % 31) - 15;
  }
  await sharp(data, { raw: { width, height, channels: 3 } }).toFile(path);
  return path;
}
