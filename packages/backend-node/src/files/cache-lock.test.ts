import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withCacheLock } from './cache-lock.ts';

let folder: string;
let lock: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deblur-lock-'));
  lock = join(folder, 'x.lock');
});
afterEach(() => rm(folder, { recursive: true }));

it('lets one in at a time, also after a failure, and leaves nothing', async () => {
  let inside = 0;
  const work = async (): Promise<number> => {
    expect(++inside).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return --inside;
  };
  const failing = withCacheLock(lock, undefined, async () => {
    await work();
    throw new Error('no');
  });
  await Promise.all([expect(failing).rejects.toThrow('no'), ...Array.from({ length: 5 }, () => withCacheLock(lock, undefined, work))]);
  expect(await readdir(folder)).toEqual([]);
});

it.each([
  ['written half', ''], ['of another machine', JSON.stringify({ host: 'elsewhere', process: 1, id: 'x' })],
])('takes over a lock %s that nobody renews; several that want it come in turn', async (_, holder) => {
  await writeFile(lock, holder);
  let inside = 0;
  const enter = (): Promise<void> => withCacheLock(lock, undefined, async () => {
    expect(++inside).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    inside--;
  }, 300);
  await Promise.all([enter(), enter(), enter()]);
  expect(await readdir(folder)).toEqual([]);
});

it('waits for a living process until the signal fires', async () => {
  await writeFile(lock, JSON.stringify({ host: hostname(), process: process.pid, id: 'x' }));
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('enough')), 50);
  await expect(withCacheLock(lock, controller.signal, async () => 1)).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['x.lock']);
});
