import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { sharedData } from './shared-data.ts';

/** A JPEG of the size asked for, put together from Kodak photographs, kept in the temporary folder between runs. */
export async function makePhotograph(width: number, height: number): Promise<string> {
  const path = join(tmpdir(), `deblur-bench-${width}x${height}.jpg`);
  if (existsSync(path)) return path;
  const columns = Math.ceil(width / 768);
  const rows = Math.ceil(height / 512);
  const tiles = Array.from({ length: columns * rows }, (_, index) => ({
    left: (index % columns) * 768, top: Math.floor(index / columns) * 512, picture: sharedData(`kodak24/${String((index % 24) + 1).padStart(2, '0')}.png`),
  }));
  const canvas = Buffer.alloc(columns * 768 * rows * 512 * 3);
  for (const { left, top, picture } of tiles) {
    const { data, info } = await sharp(picture).resize(768, 512, { fit: 'cover' }).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    for (let y = 0; y < info.height; y++) {
      data.copy(canvas, ((top + y) * columns * 768 + left) * 3, y * info.width * 3, (y + 1) * info.width * 3);
    }
  }
  await sharp(canvas, { raw: { width: columns * 768, height: rows * 512, channels: 3 }, limitInputPixels: false })
    .extract({ left: 0, top: 0, width, height }).jpeg({ quality: 92 }).toFile(`${path}.part`);
  await rename(`${path}.part`, path);
  return path;
}
