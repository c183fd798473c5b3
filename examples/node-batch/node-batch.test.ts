import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDeblur, createImage, createRandom } from '@deblur/core';
import { sharpCodec } from '@deblur/plugin-sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;
const inFolder = (...path: string[]): string => join(folder, ...path);

/** Starts the example; the signal is sent once the first result is reported. */
async function runBatch(parameters: readonly string[], signal?: NodeJS.Signals): Promise<Ended> {
  const child = spawn(process.execPath, ['--conditions=@deblur/source', join(import.meta.dirname, 'node-batch.ts'), ...parameters]);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => {
    stdout += text.toString();
    if (signal && !child.killed && /^1\//m.test(stdout)) child.kill(signal);
  });
  child.stderr.on('data', (text: Buffer) => { stderr += text.toString(); });
  const [code] = await once(child, 'close') as [number | null];
  return { code, stdout, stderr };
}

/** Results, without hidden files, and what is unfinished. */
function listOutput(name: string): { done: string[]; unfinished: string[] } {
  return { done: globSync('**/*.*', { cwd: inFolder(name) }).filter((path) => !/(^|\/)\./.test(path)).sort(), unfinished: globSync('**/.deblur-*', { cwd: inFolder(name) }) };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batch-'));
  await mkdir(inFolder('few', 'below'), { recursive: true });
  await mkdir(inFolder('many'));
  const deblur = createDeblur({ plugins: [sharpCodec()] });
  const random = createRandom(1);
  const noisy = (side: number): Parameters<typeof deblur.write>[0] => createImage({ width: side, height: side, data: Uint8Array.from({ length: side * side * 3 }, () => random.bits() & 255) });
  await deblur.write(noisy(40), inFolder('few', 'a.png'));
  await deblur.write(noisy(40), inFolder('few', 'below', 'b.jpg'));
  await writeFile(inFolder('few', 'broken.png'), 'not a picture');
  await writeFile(inFolder('few', 'notes.txt'), 'not a picture either');
  await deblur.write(noisy(160), inFolder('many', '00.png'));
  for (let i = 1; i < 10; i++) await cp(inFolder('many', '00.png'), inFolder('many', `0${i}.png`));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the batch', () => {
  it('restores a tree of pictures, reports what failed, and goes on where it was', async () => {
    const first = await runBatch([inFolder('few'), inFolder('out'), '--method', 'wiener', '--psf', 'gaussian:1']);
    expect(first.code).toBe(1);
    expect(first.stdout).toContain('2 restored, 0 done before, 1 failed');
    expect(first.stderr).toMatch(/^failed: broken\.png: /m);
    expect(listOutput('out')).toEqual({ done: ['a.png', 'below/b.jpg'], unfinished: [] });

    await rm(inFolder('out', 'a.png'));
    await rm(inFolder('few', 'broken.png'));
    const second = await runBatch([inFolder('few'), inFolder('out'), '--method', 'wiener', '--psf', 'gaussian:1']);
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).toContain('1 restored, 1 done before, 0 failed');
  });

  it('can be killed: what is there is complete, and stays', async () => {
    const settings = [inFolder('many'), inFolder('killed'), '--psf', 'disk:3'];
    await runBatch(settings, 'SIGKILL');
    const { done } = listOutput('killed');
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(10);
    const deblur = createDeblur({ plugins: [sharpCodec()] });
    for (const path of done) expect((await deblur.read(inFolder('killed', path))).width).toBe(160);
    const before = (await stat(inFolder('killed', done[0]!))).mtimeMs;

    const again = await runBatch(settings);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining(`${10 - done.length} restored, ${done.length} done before`) as string });
    expect((await stat(inFolder('killed', done[0]!))).mtimeMs).toBe(before);
    expect(listOutput('killed')).toMatchObject({ done: { length: 10 }, unfinished: [] });
  });

  it('stops on Ctrl-C and leaves nothing half-written', async () => {
    const { code, stdout } = await runBatch([inFolder('many'), inFolder('stopped'), '--psf', 'disk:3'], 'SIGINT');
    expect(code).toBe(130);
    expect(stdout).toMatch(/\d left: start again to go on/);
    const { done, unfinished } = listOutput('stopped');
    expect(done.length).toBe(Number(/(\d+) restored/.exec(stdout)![1]));
    expect(unfinished).toEqual([]);
  });

  it('says how it is used', async () => {
    const { code, stderr } = await runBatch([inFolder('few')]);
    expect(code).toBe(2);
    expect(stderr).toContain('Usage: node-batch INPUT-FOLDER OUTPUT-FOLDER');
  });
});
