import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFileAccess } from '@deblur/backend-web';
import { sha256 } from '@deblur/core';
import type { ReadOptions } from '@deblur/core';

const url = new URL('https://models.example/net.onnx');
const content = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 251);
const cacheName = 'test-models';
let expected: NonNullable<ReadOptions['expected']>;

/** A server of one file that counts requests and can be told to misbehave. */
const server = {
  file: content, requests: [] as (string | null)[], offline: false, breakAfter: Infinity, ranges: true, status: 200,
  answer(request: Request): Response {
    if (this.offline) throw new TypeError('Failed to fetch');
    const range = request.headers.get('Range');
    this.requests.push(range);
    if (this.status !== 200) return new Response('no', { status: this.status });
    const tag = `"${this.file[0]}-${this.file.length}"`;
    const start = this.ranges && range && request.headers.get('If-Range') === tag ? Number(/\d+/.exec(range)?.[0]) : 0;
    const headers: Record<string, string> = { ETag: tag, 'Content-Length': String(this.file.length - start) };
    if (this.ranges) headers['Accept-Ranges'] = 'bytes';
    if (start > 0) headers['Content-Range'] = `bytes ${start}-${this.file.length - 1}/${this.file.length}`;
    return new Response(this.stream(this.file.slice(start), request.signal), { status: start > 0 ? 206 : 200, headers });
  },
  stream(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): ReadableStream<Uint8Array> {
    let sent = 0;
    const limit = this.breakAfter;
    this.breakAfter = Infinity;
    return new ReadableStream({
      async pull(controller): Promise<void> {
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (signal.aborted) controller.error(signal.reason);
        else if (sent >= limit) controller.error(new TypeError('network error'));
        else if (sent >= bytes.length) controller.close();
        else controller.enqueue(bytes.slice(sent, sent += Math.min(10_000, limit - sent)));
      },
    }, { highWaterMark: 0 });
  },
};

beforeEach(async () => {
  await caches.delete(cacheName);
  Object.assign(server, { file: content, requests: [], offline: false, breakAfter: Infinity, ranges: true, status: 200 });
  expected = { bytes: content.length, sha256: await sha256(content) };
  vi.stubGlobal('fetch', async (input: URL, init: RequestInit) => server.answer(new Request(input, init)));
});
afterEach(() => vi.unstubAllGlobals());

function access(retries = 3): ReturnType<typeof createFileAccess> {
  return createFileAccess({ cache: cacheName, retries });
}

async function damageCache(): Promise<void> {
  const cache = await caches.open(cacheName);
  const kept = (await cache.match(url.href))!;
  const damaged = new Uint8Array(await kept.arrayBuffer());
  damaged[500]! ^= 1;
  await cache.put(url.href, new Response(damaged, { headers: kept.headers }));
}

describe('a file whose hash is known', () => {
  it('is downloaded with progress, kept, and read offline by another client', async () => {
    const onProgress = vi.fn();
    expect(await access().read(url, { expected, onProgress })).toEqual(content);
    const done = onProgress.mock.calls.map(([event]) => event.done);
    expect(done).toEqual([0, ...Array.from({ length: 10 }, (_, i) => (i + 1) * 10_000)]);
    expect(onProgress.mock.calls.every(([event]) => event.stage === 'download' && event.total === content.length)).toBe(true);
    server.offline = true;
    expect(await access().read(url, { expected, onProgress })).toEqual(content);
    expect(onProgress).toHaveBeenLastCalledWith({ stage: 'download', done: content.length, total: content.length });
    expect(server.requests).toEqual([null]);
  });

  it('is fetched anew when what is kept is damaged', async () => {
    await access().read(url, { expected });
    await damageCache();
    expect(await access().read(url, { expected })).toEqual(content);
    expect(server.requests).toHaveLength(2);
    server.offline = true;
    expect(await access().read(url, { expected })).toEqual(content);
  });

  it('is fetched anew when the manifest asks for another version', async () => {
    await access().read(url, { expected });
    server.file = content.map((byte) => byte ^ 255);
    expect(await access().read(url, { expected: { bytes: content.length, sha256: await sha256(server.file) } })).toEqual(server.file);
    expect(server.requests).toEqual([null, null]);
  });

  it('is refused and not kept when it is not the one expected, after asking past the browser’s cache', async () => {
    server.file = content.map((byte) => byte ^ 255);
    await expect(access().read(url, { expected })).rejects.toMatchObject({ code: 'integrity-failed' });
    expect(server.requests).toHaveLength(2);
    expect(await (await caches.open(cacheName)).keys()).toEqual([]);
  });

  it('goes on where the connection broke', async () => {
    server.breakAfter = 35_000;
    expect(await access().read(url, { expected })).toEqual(content);
    expect(server.requests).toEqual([null, 'bytes=35000-']);
  });

  it('starts again after a break where the server has no ranges', async () => {
    Object.assign(server, { breakAfter: 35_000, ranges: false });
    expect(await access().read(url, { expected })).toEqual(content);
    expect(server.requests).toEqual([null, 'bytes=35000-']);
  });

  it('starts again when the file has changed since', async () => {
    const newer = content.slice(1);
    server.breakAfter = 35_000;
    const reading = access().read(url, { expected: { bytes: newer.length, sha256: await sha256(newer) } });
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    server.file = newer;
    expect(await reading).toEqual(newer);
  });

  it('is resumed after an abort, which rejects at once', async () => {
    const controller = new AbortController();
    const reading = access().read(url, {
      expected, signal: controller.signal, onProgress: ({ done }) => {
        if (done === 40_000) controller.abort('enough');
      },
    });
    await expect(reading).rejects.toMatchObject({ code: 'aborted', cause: 'enough' });
    await vi.waitFor(async () => expect(await (await caches.open(cacheName)).keys()).toHaveLength(1));
    expect(await access().read(url, { expected })).toEqual(content);
    expect(server.requests).toEqual([null, 'bytes=40000-']);
    expect((await (await caches.open(cacheName)).keys()).map((request) => request.url)).toEqual([url.href]);
  });

  it('is given up after so many failures in a row, with what to do', async () => {
    server.offline = true;
    await expect(access(1).read(url, { expected })).rejects.toMatchObject({ code: 'model-failed', message: expect.stringMatching(/online/) });
  });

  it('is not there: ModelNotFoundError, at once', async () => {
    server.status = 404;
    await expect(access().read(url, { expected })).rejects.toMatchObject({ code: 'model-not-found' });
    server.status = 403;
    await expect(access().read(url, { expected })).rejects.toMatchObject({ code: 'model-failed', message: expect.stringContaining('403') });
    expect(server.requests).toHaveLength(2);
  });

  it('is taken from a mirror where the first place fails', async () => {
    const mirror = new URL('https://mirror.example/net.onnx');
    vi.stubGlobal('fetch', async (input: URL, init: RequestInit) => (input.href === mirror.href ? server.answer(new Request(input, init)) : new Response('no', { status: 404 })));
    expect(await access().read(url, { expected, mirrors: [mirror] })).toEqual(content);
    expect(server.requests).toEqual([null]);
  });

  it('is asked for again while the server is busy', async () => {
    server.status = 503;
    const reading = access().read(url, { expected });
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    server.status = 200;
    expect(await reading).toEqual(content);
  });
});

it('asks the network first for a file without a hash, and takes the kept one when that fails', async () => {
  await access().read(url);
  server.file = content.slice(9);
  expect(await access().read(url)).toEqual(server.file);
  server.offline = true;
  expect(await access(0).read(url)).toEqual(server.file);
});

it('keeps nothing with cache: false', async () => {
  const files = createFileAccess({ cache: false });
  await files.read(url, { expected });
  await files.read(url, { expected });
  expect(server.requests).toHaveLength(2);
  expect(await caches.has(cacheName)).toBe(false);
});

it('reads data: and blob: URLs, and refuses others', async () => {
  const files = access();
  expect(await files.read(new URL('data:application/octet-stream;base64,AAH/'))).toEqual(Uint8Array.of(0, 1, 255));
  expect(await files.read(new URL('data:,a%20b'))).toEqual(new TextEncoder().encode('a b'));
  vi.unstubAllGlobals();
  const blob = URL.createObjectURL(new Blob([content]));
  expect(await files.read(new URL(blob))).toEqual(content);
  URL.revokeObjectURL(blob);
  await expect(files.read(new URL('file:///etc/passwd'))).rejects.toMatchObject({ code: 'invalid-argument' });
  await expect(files.read(new URL('data:;base64,***'))).rejects.toMatchObject({ code: 'invalid-argument' });
  await expect(files.read(url, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
});
