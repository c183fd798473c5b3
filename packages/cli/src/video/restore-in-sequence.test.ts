import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeEach, expect, it } from 'vitest';
import { makeFolder } from '../testing/make-pictures.ts';
import { runCaptured } from '../testing/run-captured.ts';
import { inNaturalOrder } from './restore-in-sequence.ts';
import type { RunReport } from '../report/run-report.ts';

// out = x + 0.5 (box3(mean of all frames) - x); see packages/core/reference/recurrent.py.
const recurrent = ['--model', fileURLToPath(new URL('../../../core/reference/networks/running-mean.onnx', import.meta.url))];
const levels = { 'frame-1.png': 100, 'frame-2.png': 120, 'frame-10.png': 140 };
let folder: string;

beforeEach(async () => {
  folder = join(await makeFolder(), 'in');
  await mkdir(folder);
  for (const [name, level] of Object.entries(levels)) {
    await sharp(Buffer.alloc(24 * 16 * 3, level), { raw: { width: 24, height: 16, channels: 3 } }).toFile(join(folder, name));
  }
});

/** Value in the middle of a result. */
async function middle(name: string): Promise<number> {
  const { data } = await sharp(join(folder, '..', 'out', name)).raw().toBuffer({ resolveWithObject: true });
  return data[(8 * 24 + 12) * 3]!;
}

it('takes pictures as frames in natural order where the model has states', async () => {
  const { code, json, stderr } = await runCaptured(['run', folder, '-o', join(folder, '..', 'out'), ...recurrent, '--json']);
  expect(code).toBe(0);
  const { results } = json<RunReport>();
  expect(results.map(({ input }) => input.slice(folder.length + 1))).toEqual(Object.keys(levels));
  // Means of the frames so far: 100, 110, 120.
  expect([await middle('frame-1.png'), await middle('frame-2.png'), await middle('frame-10.png')]).toEqual([100, 115, 130]);
  expect(stderr).toMatch(/frame-10\.png: 100% \(3 of 3 frames\)/);
});

it('takes them one by one otherwise, and in order with --sequence', async () => {
  const tv = ['--method', 'tv', '--psf', 'box:3,1', '--noise', '0.005', '--json', '--quiet', '-o', join(folder, '..', 'out')];
  const names = (report: RunReport): string[] => report.results.map(({ input }) => input.slice(folder.length + 1));
  expect(names((await runCaptured(['run', folder, ...tv])).json<RunReport>())).toEqual(['frame-1.png', 'frame-10.png', 'frame-2.png']);
  expect(names((await runCaptured(['run', folder, ...tv, '--sequence', '--overwrite'])).json<RunReport>())).toEqual(Object.keys(levels));
});

it('ends at a frame that fails and says so of those after it', async () => {
  await writeFile(join(folder, 'frame-2.png'), 'no picture');
  const { code, json } = await runCaptured(['run', folder, '-o', join(folder, '..', 'out'), ...recurrent, '--json', '--quiet']);
  expect(code).toBe(1);
  expect(json()).toMatchObject({
    summary: { done: 1, failed: 2 }, results: [{ tiles: { count: 1 } }, { error: { code: 'image-unreadable' } }, { error: { message: expect.stringContaining('one before it failed') } }],
  });
});

it('counts as a person does', () => {
  expect(inNaturalOrder(['frame-10', 'frame-9', 'frame-100'])).toEqual(['frame-9', 'frame-10', 'frame-100']);
});
