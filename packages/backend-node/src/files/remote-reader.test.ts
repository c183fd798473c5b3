import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bytesSource, readVerified, urlSource } from '@deblur/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFileAccess } from './file-access.ts';
import { createModelCache } from './model-cache.ts';
import { startModelServer } from '../testing/model-server.ts';
import type { FileReference, ProgressEvent, ReadOptions } from '@deblur/core';
import type { Behaviour, ModelServer } from '../testing/model-server.ts';
import type { FileAccessOptions } from './file-access.ts';

const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919 + (i >> 8)) % 251);
const other = content.map((byte) => byte ^ 255);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const expected: NonNullable<ReadOptions['expected']> = { bytes: content.length, sha256: sha256(content) };
let server: ModelServer;
let folder: string;
const kept = (name = expected.sha256): string => join(folder, 'models', name);

beforeEach(async () => {
  server = await startModelServer(content);
  folder = await mkdtemp(join(tmpdir(), 'deblur-cache-'));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function read(options: ReadOptions = {}, access: FileAccessOptions = {}): Promise<Uint8Array> {
  return createFileAccess({ cache: folder, ...access }).read(server.url, { expected, ...options });
}
/** Files of the cache; a whole file counts only under its own name. */
async function leftBehind(): Promise<string[]> {
  const names = await readdir(join(folder, 'models')).catch(() => []);
  for (const name of names) if (/^[0-9a-f]{64}$/.test(name)) expect(sha256(await readFile(kept(name)))).toBe(name);
  return names.map((name) => name.replace(/^[0-9a-f]{64}/, 'file'));
}

describe('a file whose hash is known', () => {
  it('is downloaded with progress, kept, and read again without the network', async () => {
    const events: ProgressEvent[] = [];
    expect(sha256(await read({ onProgress: (event) => events.push(event) }))).toBe(expected.sha256);
    expect(events[0]).toEqual({ stage: 'download', done: 0, total: content.length });
    expect(events.at(-1)).toEqual({ stage: 'download', done: content.length, total: content.length });
    expect(await leftBehind()).toEqual(['file']);
    expect(sha256(await read({}, { offline: true }))).toBe(expected.sha256);
    expect(server.ranges).toEqual([null]);
  });

  it('is not fetched offline', async () => {
    await expect(read({}, { offline: true })).rejects.toMatchObject({ code: 'model-not-found', details: { offline: true } });
    expect(server.ranges).toEqual([]);
  });

  it('is fetched anew when the kept one is damaged, and the damaged one is gone', async () => {
    await read();
    await writeFile(kept(), other);
    await expect(read({}, { offline: true })).rejects.toMatchObject({ code: 'model-not-found' });
    expect(await leftBehind()).toEqual([]);
    expect(sha256(await read())).toBe(expected.sha256);
  });

  it.each<[string, Behaviour[], (string | null)[]]>([
    ['goes on where the connection broke', [{ breakAfter: 100_000 }], [null, 'bytes=100000-']],
    ['starts again where ranges are ignored', [{ breakAfter: 100_000 }, { range: 'ignored' }], [null, 'bytes=100000-']],
    ['starts again when another part is sent', [{ breakAfter: 100_000 }, { range: 'shifted' }], [null, 'bytes=100000-', null]],
    ['starts again when the range is refused', [{ breakAfter: 100_000 }, { status: 416 }], [null, 'bytes=100000-', null]],
    ['starts again when the file changed since', [{ file: other, breakAfter: 100_000 }, { file: content }], [null, 'bytes=100000-']],
    ['starts again when it changed and the server mixes both', [{ file: other, breakAfter: 100_000 }, { file: content, range: 'unguarded' }], [null, 'bytes=100000-', null]],
    ['asks again after 500 and 429', [{ status: 500 }, { status: 429, headers: { 'Retry-After': '1' } }], [null, null, null]],
    ['asks again when nothing comes', [{ stallAfter: 100_000 }], [null, 'bytes=100000-']],
    ['follows redirects', [{ status: 302, headers: { Location: '/elsewhere.onnx' } }], [null, null]],
  ])('%s', async (_, behaviours, ranges) => {
    server.next(...behaviours);
    expect(sha256(await read({}, { stallMs: 300 }))).toBe(expected.sha256);
    expect(server.ranges).toEqual(ranges);
    expect(await leftBehind()).toEqual(['file']);
  });

  it.each<[string, Behaviour, string, RegExp]>([
    ['corrupt', { file: other }, 'integrity-failed', /sha256 is [0-9a-f]{64}, expected/],
    ['short', { file: content.subarray(0, 1000) }, 'integrity-failed', /it has 1000 bytes, expected 300000/],
    ['long', { file: new Uint8Array(400_000) }, 'integrity-failed', /or more bytes, expected 300000/],
    ['missing', { status: 404 }, 'model-not-found', /the server answered 404/],
    ['forbidden', { status: 403 }, 'model-failed', /the server answered 403/],
    ['for later', { status: 503, headers: { 'Retry-After': '3600' } }, 'model-failed', /asks to wait 60 minutes/],
  ])('is refused when %s, at once, and nothing is left', async (_, behaviour, code, message) => {
    server.next(behaviour);
    await expect(read()).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(server.ranges).toHaveLength(1);
    expect(await leftBehind()).toEqual([]);
  });

  it('is given up when attempts bring nothing new, and gone on with by another process', async () => {
    server.next({ breakAfter: 100_000 }, ...Array.from({ length: 3 }, (): Behaviour => ({ breakAfter: 0 })));
    await expect(read({}, { retries: 1 })).rejects.toMatchObject({ code: 'model-failed', message: expect.stringMatching(/online/) });
    expect(await leftBehind()).toEqual(['file.part']);
    expect(sha256(await read())).toBe(expected.sha256);
    expect(server.ranges.at(-1)).toBe('bytes=100000-');
  });

  it('does not ask for ever a server that always breaks at the same place', async () => {
    server.next(...Array.from({ length: 9 }, (): Behaviour => ({ breakAfter: 100_000, range: 'ignored' })));
    await expect(read({}, { retries: 1 })).rejects.toMatchObject({ code: 'model-failed' });
    expect(server.ranges.length).toBeLessThan(5);
  });

  it('stops at once when aborted, and is gone on with when asked for again', async () => {
    const controller = new AbortController();
    server.next({ pieceMs: 20 });
    const reading = read({ signal: controller.signal, onProgress: ({ done }) => done > 50_000 && controller.abort('enough') });
    await expect(reading).rejects.toMatchObject({ code: 'aborted', cause: 'enough' });
    expect(await leftBehind()).toEqual(['file.part']);
    expect(sha256(await read())).toBe(expected.sha256);
    expect(server.ranges[1]).toMatch(/^bytes=\d+-$/);
  });

  it('is not resumed from a leftover of something else', async () => {
    await read();
    await rm(kept());
    await writeFile(kept(`${expected.sha256}.part`), other.subarray(0, 50_000));
    expect(sha256(await read())).toBe(expected.sha256);
    expect(server.ranges).toEqual([null, 'bytes=50000-', null]);
  });
});

describe('mirrors', () => {
  const missing = (): URL => new URL('/missing.onnx', server.url);

  it('are asked in order until one has the right file, going on with what came before', async () => {
    const file: FileReference = { path: 'net.onnx', ...expected, urls: ['http://127.0.0.1:1/net.onnx', missing().href, missing().href, server.url.href] };
    const files = createFileAccess({ cache: folder, retries: 0 });
    server.next({ status: 404 }, { breakAfter: 100_000 });
    expect(sha256(await readVerified(urlSource(files), file))).toBe(expected.sha256);
    expect(server.ranges).toEqual([null, null, 'bytes=100000-']);
  });

  it('are asked after one sent a wrong file', async () => {
    server.next({ file: other }, { file: content });
    expect(sha256(await read({ mirrors: [server.url] }))).toBe(expected.sha256);
  });

  it('are all named when none has it', async () => {
    server.next({ file: other }, { status: 404 });
    await expect(read({ mirrors: [missing()] })).rejects.toMatchObject({ code: 'integrity-failed', message: expect.stringMatching(/any of 2 places.*net\.onnx.*missing\.onnx/s) });
    await expect(createFileAccess({ cache: folder }).read(server.url)).resolves.toHaveLength(content.length);
    await expect(urlSource(createFileAccess()).read({ path: 'x', bytes: 1, sha256: '' })).rejects.toMatchObject({ code: 'model-failed' });
  });
});

describe('the cache', () => {
  it('keeps within its limit; what was not used for longest goes first', async () => {
    const cache = createModelCache({ folder, limit: 700_000 });
    const store = async (bytes: Uint8Array): Promise<string> => {
      await cache.fill({ bytes: bytes.length, sha256: sha256(bytes) }, async (target) => target.append(bytes));
      return sha256(bytes);
    };
    const [first, second] = [await store(content.map((byte) => byte ^ 1)), await store(content.map((byte) => byte ^ 2))];
    for (const [index, name] of [first, second].entries()) await utimes(kept(name), 1e9 + index, 1e9 + index);
    await cache.find({ bytes: content.length, sha256: first });
    await store(content);
    expect((await cache.list()).map((file) => file.sha256).sort()).toEqual([first, expected.sha256].sort());
    expect(await cache.find({ bytes: content.length, sha256: second })).toBeUndefined();
    expect(await cache.remove(expected.sha256)).toBe(true);
    expect(await cache.remove(expected.sha256)).toBe(false);
  });

  it('keeps the file just asked for even if it alone is above the limit', async () => {
    expect(await read({}, { cacheLimit: 10 })).toHaveLength(content.length);
    expect(await leftBehind()).toEqual(['file']);
  });

  it('can be off', async () => {
    await read({}, { cache: false });
    await read({}, { cache: false });
    expect(server.ranges).toEqual([null, null]);
  });

  it('says what to do when it cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(read({}, { cache: join(folder, 'file') })).rejects.toMatchObject({ code: 'output-failed', message: expect.stringMatching(/DEBLUR_CACHE/) });
    if (process.getuid?.() === 0) return;
    await chmod(folder, 0o500);
    await expect(read()).rejects.toMatchObject({ code: 'output-failed', message: expect.stringMatching(/permission was denied/) });
    await chmod(folder, 0o700);
  });

  it('does not wait for the lock of a process that has ended', async () => {
    const child = spawn(process.execPath, ['-e', '0']);
    await new Promise((resolve) => child.on('exit', resolve));
    const cache = createModelCache({ folder });
    await cache.fill({ bytes: 0, sha256: sha256(new Uint8Array()) }, async () => undefined);
    const { hostname } = await import('node:os');
    await writeFile(kept(`${expected.sha256}.lock`), JSON.stringify({ host: hostname(), process: child.pid, id: 'x' }));
    expect(sha256(await read())).toBe(expected.sha256);
    expect(await leftBehind()).not.toContain('file.lock');
  });
});

describe('several at once', () => {
  it('share one download in one process; one that gives up harms no other', async () => {
    server.next({ pieceMs: 10 });
    const controller = new AbortController();
    const [first, second, aborted] = [read(), read(), read({ signal: controller.signal })];
    aborted.catch(() => undefined);
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    expect((await Promise.all([first, second])).map(sha256)).toEqual([expected.sha256, expected.sha256]);
    expect(server.ranges).toHaveLength(1);
  });

  it('share one download in two processes', async () => {
    server.next({ pieceMs: 20 });
    const script = fileURLToPath(new URL('../testing/download-child.ts', import.meta.url));
    const run = (): Promise<string> => new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['--conditions=@deblur/source', script, server.url.href, String(expected.bytes), expected.sha256, folder]);
      let [out, err] = ['', ''];
      child.stdout.on('data', (chunk) => (out += chunk));
      child.stderr.on('data', (chunk) => (err += chunk));
      child.on('exit', (code) => (code === 0 ? resolve(out) : reject(new Error(err))));
    });
    expect(await Promise.all([run(), run()])).toEqual(['300000', '300000']);
    expect(server.ranges).toEqual([null]);
    expect(await leftBehind()).toEqual(['file']);
  });

  it('goes on with what a killed process left', async () => {
    server.next({ pieceMs: 50 });
    const script = fileURLToPath(new URL('../testing/download-child.ts', import.meta.url));
    const child = spawn(process.execPath, ['--conditions=@deblur/source', script, server.url.href, String(expected.bytes), expected.sha256, folder]);
    const part = kept(`${expected.sha256}.part`);
    await vi.waitFor(async () => expect((await stat(part)).size).toBeGreaterThan(30_000), { timeout: 20_000, interval: 10 });
    child.kill('SIGKILL');
    await new Promise((resolve) => child.on('exit', resolve));
    expect(await leftBehind()).not.toContain('file');
    expect(sha256(await read())).toBe(expected.sha256);
    expect(server.ranges[1]).toMatch(/^bytes=\d+-$/);
    expect(await leftBehind()).toEqual(['file']);
  });
});

it('reads files without a hash each time, and gives bytes in memory as they are', async () => {
  const files = createFileAccess({ cache: folder });
  await files.read(server.url);
  await files.read(server.url);
  expect(server.ranges).toEqual([null, null]);
  expect(await leftBehind()).toEqual([]);
  expect(await bytesSource({ a: content }).read({ path: 'a', bytes: 1, sha256: '' })).toBe(content);
});
