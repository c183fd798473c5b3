import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, makePicture } from '../testing/make-pictures.ts';
import { runCaptured } from '../testing/run-captured.ts';

let folder: string;

beforeEach(async () => {
  folder = await makeFolder();
});

/** Hard edges in all directions and no noise: what a known blur can be undone on. */
async function makeEdges(path: string, width: number, height: number): Promise<string> {
  const data = Buffer.from(Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return (Math.hypot(x - 60, y - 50) % 23 < 9 ? 60 : 200) - ((x * 2 + y) % 41 < 12 ? 40 : 0);
  }));
  await sharp(data, { raw: { width, height, channels: 1 } }).toFile(path);
  return path;
}

async function psnrOf(reference: string, image: string): Promise<number> {
  return (await runCaptured(['measure', reference, image, '--crop', '8', '--json'])).json<{ psnr: number }>().psnr;
}

describe('deblur blur and run with a PSF', () => {
  it('blurs, the same for the same seed, and undoes the blur of a description, a picture and a JSON file alike', async () => {
    const photo = await makeEdges(join(folder, 'photo.png'), 200, 120);
    const blurred = join(folder, 'blurred.png');
    expect((await runCaptured(['blur', photo, '-o', blurred, '--psf', 'box:5,1', '--noise', '0.002', '--seed', '4'])).code).toBe(0);
    expect((await runCaptured(['blur', photo, '-o', join(folder, 'again.png'), '--psf', 'box:5,1', '--noise', '0.002', '--seed', '4'])).code).toBe(0);
    expect(await psnrOf(blurred, join(folder, 'again.png'))).toBeNull();

    await writeFile(join(folder, 'psf.json'), '[[1, 1, 1, 1, 1]]');
    await sharp(Buffer.alloc(5, 200), { raw: { width: 5, height: 1, channels: 1 } }).png().toFile(join(folder, 'psf.png'));
    const before = await psnrOf(photo, blurred);
    for (const psf of ['box:5,1', join(folder, 'psf.json'), join(folder, 'psf.png')]) {
      const { code, json } = await runCaptured(['run', blurred, '-o', join(folder, 'out.png'), '--psf', psf, '--overwrite', '--json', '--quiet']);
      expect(code).toBe(0);
      expect(json()).toMatchObject({ results: [{ method: 'tv', noise: expect.any(Number), parameters: { lambda: expect.any(Number) }, warnings: [] }] });
      expect(await psnrOf(photo, join(folder, 'out.png'))).toBeGreaterThan(before + 3);
    }
  });

  it.each([
    [['run', '--method', 'tv'], /give its PSF/],
    [['run', '--method', 'network', '--psf', 'disk:2'], /takes no PSF/],
    [['run', '--psf', 'disc:2'], /disk:<radius>/],
    [['run', '--psf', 'nowhere.json'], /nowhere\.json/],
    [['run', '--psf', 'disk:2', '--space', 'gamma'], /linear or srgb/],
    [['run', '--method', 'magic', '--psf', 'disk:2'], /network, blind/],
    [['run', '--psf', 'disk:2', '--noise', '2'], /0 to 1/],
    [['blur', '--psf', 'motion:15'], /motion:<length>,<degrees>/],
    [['blur'], /--psf/],
  ])('says what is wrong with %j and writes nothing', async ([command, ...args], message) => {
    const photo = await makePicture(join(folder, 'photo.png'));
    const { code, stderr } = await runCaptured([command!, photo, '-o', join(folder, 'out.png'), ...args]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(message);
    expect(await readdir(folder)).toEqual(['photo.png']);
  });

  it.each(['{"rows": [[1, 2], [3]]}', '[1, 2]', '{}', 'null', '[[1, "2"]]', '[[0, 0]]', '[[-1, 2]]', 'nonsense'])('refuses the PSF %s', async (text) => {
    const photo = await makePicture(join(folder, 'photo.png'));
    await writeFile(join(folder, 'psf.json'), text);
    const { code, stderr } = await runCaptured(['run', photo, '-o', join(folder, 'out.png'), '--psf', join(folder, 'psf.json')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/PSF/);
  });
});
