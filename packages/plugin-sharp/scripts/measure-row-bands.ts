/**
 * Measures ways to read and write large pictures by bands of rows, each in a process of its own: the figures of
 * docs/decisions/002-row-bands-with-sharp.md. From the root of the repository:
 *
 *     npx -c "node --conditions=@deblur/source packages/plugin-sharp/scripts/measure-row-bands.ts"
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { sharpCodec } from '../src/index.ts';

const jpeg = { quality: 95, chromaSubsampling: '4:4:4' };
const read = (path: string): ReturnType<typeof sharp> => sharp(path, { limitInputPixels: false }).keepIccProfile();

async function readBack(path: string): Promise<void> {
  const file = await open(path);
  const buffer = Buffer.alloc(256 * 30_000);
  for (let position = 0, bytesRead = 1; bytesRead > 0; position += bytesRead) ({ bytesRead } = await file.read(buffer, 0, buffer.length, position));
  await file.close();
}

const tasks: Readonly<Record<string, (folder: string, argument: string) => Promise<unknown>>> = {
  async make(folder, size) {
    const noise = { width: 1000, height: 1000, channels: 3 as const, background: '#808080', noise: { type: 'gaussian' as const, mean: 128, sigma: 60 } };
    const tile = await sharp({ create: noise }).blur(1.5).png().toBuffer();
    const side = Number(size);
    const canvas = sharp({ create: { width: side, height: side, channels: 3, background: '#808080' }, limitInputPixels: false } as object);
    await canvas.composite([{ input: tile, tile: true }]).jpeg({ quality: 92 }).toFile(join(folder, `${size}.jpg`));
  },
  whole: (folder) => read(join(folder, '10000.jpg')).raw().toBuffer(),
  async extract(folder, rows) {
    const height = Number(rows);
    for (let top = 0; top < 10_000; top += height) {
      await read(join(folder, '10000.jpg')).extract({ left: 0, top, width: 10_000, height: Math.min(height, 10_000 - top) }).raw().toBuffer();
    }
  },
  async spool(folder, kind) {
    const path = join(folder, `spool.${kind}`);
    const picture = read(join(folder, '10000.jpg'));
    await (kind === 'tif' ? picture.tiff({ compression: 'none' }) : picture).toFile(path);
    await readBack(path);
  },
  encodePng: (folder, kind) => read(join(folder, `spool.${kind}`)).png({ compressionLevel: 3, adaptiveFiltering: true }).toFile(join(folder, 'out.png')),
  encodeJpeg: (folder, optimiseCoding) =>
    read(join(folder, 'spool.tif')).jpeg({ ...jpeg, optimiseCoding: optimiseCoding === 'optimised' }).toFile(join(folder, 'out.jpg')),
  async codec(folder, argument) {
    const [input, output] = argument.split('→') as [string, string];
    const codec = sharpCodec().codec!;
    const reader = await codec.open(join(folder, `${input}.jpg`));
    const writer = await codec.create(join(folder, `out.${output}`), { ...reader.info, transfer: 'srgb' }, { overwrite: true });
    for (let rows = await reader.read(256); rows; rows = await reader.read(256)) await writer.write(rows);
    await writer.finish();
  },
};

const runs: readonly [string, string][] = [
  ['make', '10000'], ['make', '5000'], ['make', '3464'], ['whole', ''], ['extract', '2048'], ['extract', '1024'], ['extract', '512'],
  ['spool', 'v'], ['spool', 'tif'], ['encodePng', 'v'], ['encodePng', 'tif'], ['encodeJpeg', 'optimised'], ['encodeJpeg', 'plain'],
  ['codec', '3464→png'], ['codec', '5000→png'], ['codec', '10000→png'], ['codec', '10000→jpg'],
];

const [task, folder, argument] = process.argv.slice(2);
if (task !== undefined) {
  const start = performance.now();
  await tasks[task]!(folder!, argument!);
  console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, peak: process.resourceUsage().maxRSS / 1024 }));
} else {
  const made = mkdtempSync(join(tmpdir(), 'deblur-measure-'));
  try {
    for (const [name, value] of runs) {
      const script = fileURLToPath(import.meta.url);
      const child = spawnSync(process.execPath, ['--conditions=@deblur/source', script, name, made, value], { encoding: 'utf8' });
      if (child.status !== 0) throw new Error(child.stderr);
      const { seconds, peak } = JSON.parse(child.stdout) as { seconds: number; peak: number };
      const size = name === 'make' ? ` (${(statSync(join(made, `${value}.jpg`)).size / 1e6).toFixed(1)} MB)` : '';
      console.log(`${name.padEnd(11)} ${(value + size).padEnd(20)} ${seconds.toFixed(2).padStart(6)} s  ${peak.toFixed(0).padStart(5)} MB`);
    }
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}
