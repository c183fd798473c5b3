import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, makePicture } from '../testing/make-pictures.ts';
import { runCaptured } from '../testing/run-captured.ts';
import type { ExplainEntry } from './explain.ts';

const quick = ['--grid', '3', '--window', '48'];
let folder: string;
let photo: string;

beforeEach(async () => {
  folder = await makeFolder();
  photo = await makePicture(join(folder, 'photo.png'));
});

async function explain(...args: string[]): Promise<ExplainEntry> {
  const { code, json } = await runCaptured(['explain', photo, '-o', join(folder, 'map.png'), '--json', '--quiet', '--overwrite', ...quick, ...args]);
  expect(code).toBe(0);
  return json<{ results: ExplainEntry[] }>().results[0]!;
}

/** Colour of a pixel of the drawing. */
async function colourAt(x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(join(folder, 'map.png')).raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)];
}

describe('deblur explain', () => {
  it('draws four panels for a network and gives the figures behind them', async () => {
    const entry = await explain('--model', 'ffdnet-color', '--noise', '0.05', '--pixel', '40,30');
    expect(entry).toMatchObject({ model: 'ffdnet-color@1.0.0', pixel: { x: 40, y: 30 }, influence: { window: { left: 16, top: 6, width: 48, height: 48 }, cell: 16 } });
    expect(entry.change.largest).toBeGreaterThan(entry.change.mean);
    expect(entry.change.mean).toBeGreaterThan(0.005);
    const { rows } = entry.influence;
    expect(rows.map((row) => row.length)).toEqual([3, 3, 3]);
    // The patch with the pixel decides most.
    expect(Math.max(...rows.flat())).toBe(rows[1]![1]);
    expect(entry.influence.strongestElsewhere).toBeLessThan(rows[1]![1]!);
    const { width, height } = await sharp(join(folder, 'map.png')).metadata();
    // 96 × 64 is drawn at five times its size, twice beside and below each other.
    expect(width).toBe(2 * 480 + 8);
    expect(height).toBeGreaterThan(2 * 320);
    // Dark to light along the scale of the second panel.
    const header = height / 2 - 4 - 320;
    const [first, last] = [await colourAt(488, header + 318), await colourAt(967, header + 318)];
    expect(first).toEqual([8, 6, 24]);
    expect(last).toEqual([252, 255, 200]);
  });

  it('explains deconvolution too: with a PSF of 5×1, patches above and below decide nothing', async () => {
    const { method, influence: { rows } } = await explain('--method', 'wiener', '--psf', 'box:5,1', '--noise', '0.02', '--pixel', '40,30');
    expect(method).toBe('wiener');
    expect(rows[1]![0]!).toBeGreaterThan(10 * Math.max(rows[0]![0]!, 1e-7));
  });

  it('chooses the most changed pixel, in any small picture', async () => {
    photo = await makePicture(join(folder, 'small.png'), 9, 5);
    const { pixel, influence } = await explain('--method', 'tv', '--psf', 'box:3,1', '--noise', '0.01');
    expect(pixel.x).toBeLessThan(9);
    expect(influence.window).toEqual({ left: 0, top: 0, width: 9, height: 5 });
  });

  it.each([[['--pixel', '96,0'], /last one is \(95, 63\)/], [['--pixel', 'middle'], /120,80/], [['--grid', '0'], /above 0/]])('says what is wrong with %j', async (args, message) => {
    const { code, stderr } = await runCaptured(['explain', photo, '-o', join(folder, 'map.png'), '--model', 'ffdnet-color', '--noise', '0.05', ...args]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(message);
    expect(await readdir(folder)).toEqual(['photo.png']);
  });
});
