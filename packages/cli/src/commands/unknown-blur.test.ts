import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../testing/make-pictures.ts';
import { runCaptured } from '../testing/run-captured.ts';
import type { EstimateEntry } from './estimate.ts';

let folder: string;

beforeEach(async () => {
  folder = await makeFolder();
});

/** Discs of random brightness: edges in all directions. */
async function makeDiscs(path: string, width = 420, height = 360): Promise<string> {
  const data = Buffer.alloc(width * height, 128);
  let seed = 7;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let disc = 0; disc < 500; disc++) {
    const [cx, cy, r, value] = [random() * width, random() * height, 2 + 25 * random() ** 3, 12 + 230 * random()];
    for (let y = Math.max(0, Math.floor(cy - r)); y < Math.min(height, cy + r); y++) {
      for (let x = Math.max(0, Math.floor(cx - r)); x < Math.min(width, cx + r); x++) {
        if (Math.hypot(x - cx, y - cy) < r) data[y * width + x] = value;
      }
    }
  }
  await sharp(data, { raw: { width, height, channels: 1 } }).toFile(path);
  return path;
}

it('never write a map or a PSF over the source', async () => {
  const photo = await makeDiscs(join(folder, 'photo.png'), 80, 80);
  const before = await readFile(photo);
  for (const args of [['detect', photo, '--map', photo], ['estimate', photo, '-o', photo]]) {
    const { code, stderr } = await runCaptured([...args, '--overwrite']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/is the input itself/);
  }
  expect(await readFile(photo)).toEqual(before);
});

describe('deblur detect, estimate and run --method auto', () => {
  it('tell a sharp picture from a moved one, and name the motion', async () => {
    const photo = await makeDiscs(join(folder, 'photo.png'));
    const moved = join(folder, 'moved.png');
    await runCaptured(['blur', photo, '-o', moved, '--psf', 'motion:15,30', '--noise', '0.003', '--seed', '1']);

    const detected = await runCaptured(['detect', photo, moved, '--json', '--quiet']);
    expect(detected.code).toBe(0);
    expect(detected.json()).toMatchObject({
      command: 'detect',
      results: [{ input: photo, label: 'sharp', width: 0 }, { input: moved, label: 'motion', confidence: expect.any(Number), width: expect.any(Number) }],
    });
    await runCaptured(['detect', moved, '--map', join(folder, 'map.png'), '--quiet']);
    expect(await sharp(join(folder, 'map.png')).metadata()).toMatchObject({ width: 420, height: 360 });
    expect((await runCaptured(['detect', photo])).stdout).toMatch(/photo\.png: sharp, confidence/);

    const estimated = await runCaptured(['estimate', moved, '-o', join(folder, 'psf.png'), '--json', '--quiet']);
    const [entry] = estimated.json<{ results: EstimateEntry[] }>().results;
    expect(entry).toMatchObject({ input: moved, output: join(folder, 'psf.png'), psf: { kind: 'motion' } });
    expect(Math.abs(entry!.psf!.length! - 15)).toBeLessThan(1.5);
    expect(Math.abs(entry!.psf!.angle! - 30)).toBeLessThan(3);
    expect(await sharp(join(folder, 'psf.png')).metadata()).toMatchObject({ depth: 'ushort', channels: 1, width: entry!.psf!.width });
  });

  // Plug-and-play runs its denoiser many times.
  it('undo it and say why by that method', async () => {
    const moved = join(folder, 'moved.png');
    await runCaptured(['blur', await makeDiscs(join(folder, 'photo.png')), '-o', moved, '--psf', 'motion:15,30', '--noise', '0.003', '--seed', '1']);
    const run = await runCaptured(['run', moved, '-o', join(folder, 'restored.png'), '--method', 'auto', '--json', '--quiet']);
    expect(run.json()).toMatchObject({ results: [{ reasons: expect.arrayContaining([expect.stringMatching(/motion over/)]) }] });
  }, 180_000);

  it('refuses an estimate with the reason, which is no failure, and writes a PSF as JSON that run reads', async () => {
    const flat = join(folder, 'flat.png');
    await sharp({ create: { width: 200, height: 200, channels: 3, background: '#808080' } }).toFile(flat);
    const refused = await runCaptured(['estimate', flat, '-o', join(folder, 'psf.json'), '--json', '--quiet']);
    expect(refused.code).toBe(0);
    expect(refused.json()).toMatchObject({ results: [{ psf: null, confidence: 0, refused: expect.stringMatching(/constant/) }] });

    const photo = await makeDiscs(join(folder, 'photo.png'));
    const soft = join(folder, 'soft.png');
    await runCaptured(['blur', photo, '-o', soft, '--psf', 'disk:4', '--noise', '0.003']);
    expect((await runCaptured(['estimate', soft, '-o', join(folder, 'psf.json'), '--method', 'parametric'])).stdout).toMatch(/a disk of radius \d/);
    expect(JSON.parse(await readFile(join(folder, 'psf.json'), 'utf8'))).toMatchObject({ rows: expect.any(Array), centre: { x: expect.any(Number) } });
    expect((await runCaptured(['run', soft, '-o', join(folder, 'out.png'), '--psf', join(folder, 'psf.json')])).code).toBe(0);
  });
});
