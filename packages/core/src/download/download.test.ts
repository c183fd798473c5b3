import { describe, expect, it } from 'vitest';
import { createMemoryTarget } from './download-target.ts';
import { download } from './download.ts';
import { sha256 } from '../models/sha256.ts';
import type { DownloadRequest, DownloadResponse, Transport } from './transport.ts';

const content = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const a = new URL('https://a.example/net.onnx');
const b = new URL('https://b.example/net.onnx');

interface Answer {
  readonly status?: number;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Breaks after the body, or never comes to an end. */
  readonly end?: 'break' | 'never';
}

/** A transport that gives the answers in turn and writes down what it was asked. */
function scripted(...answers: readonly Answer[]): { readonly transport: Transport; readonly asked: (DownloadRequest & { readonly url: URL })[] } {
  const asked: (DownloadRequest & { readonly url: URL })[] = [];
  return {
    asked,
    transport: async (url, request) => {
      const answer = answers[asked.push({ ...request, url }) - 1];
      if (!answer) throw new TypeError('fetch failed', { cause: new Error('no more answers') });
      return respond(url, answer, request);
    },
  };
}

function respond(url: URL, { status = 200, url: from = url.href, headers = {}, body = content, end }: Answer, { signal }: DownloadRequest): DownloadResponse {
  let sent = false;
  return {
    status, statusText: '', url: from, headers: { get: (name) => headers[name] ?? null },
    body: {
      getReader: () => ({
        cancel: async () => undefined,
        read: async () => {
          if (!sent) {
            sent = true;
            return { done: false, value: body };
          }
          if (end === 'break') throw new TypeError('terminated');
          if (end === 'never') await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true }));
          return { done: true };
        },
      }),
    },
  };
}

const known = async (): Promise<{ bytes: number; sha256: string }> => ({ bytes: content.length, sha256: await sha256(content) });

it('goes on under If-Range while it knows the version, else under the check of the content', async () => {
  const target = createMemoryTarget();
  const tagged = { 'ETag': '"1"', 'Accept-Ranges': 'bytes', 'Content-Length': '1000' };
  const rest = (from: number): Answer => ({ status: 206, headers: { 'Content-Range': `bytes ${from}-999/1000` }, body: content.subarray(from) });
  const { transport, asked } = scripted({ headers: tagged, body: content.subarray(0, 400), end: 'break' }, { ...rest(400), body: content.subarray(400, 700), end: 'break' }, rest(700));
  await download([a], { transport, target, expected: await known() });
  expect(target.content()).toEqual(content);
  expect(asked.map(({ headers }) => headers)).toEqual([{}, { 'Range': 'bytes=400-', 'If-Range': '"1"' }, { Range: 'bytes=700-' }]);
});

it('never goes on without a version where the content is not known', async () => {
  const target = createMemoryTarget();
  const { transport, asked } = scripted({ body: content.subarray(0, 400), headers: { 'Content-Length': '1000' } }, {});
  await download([a], { transport, target });
  expect(target.content()).toEqual(content);
  expect(asked.map(({ headers }) => headers)).toEqual([{}, {}]);
});

it('does not mix the bytes of two places where the content is not known', async () => {
  const target = createMemoryTarget();
  const headers = { 'ETag': '"1"', 'Accept-Ranges': 'bytes', 'Content-Length': '1000' };
  const { transport, asked } = scripted({ headers, body: content.subarray(0, 400), end: 'break' }, { body: content.map((byte) => byte ^ 1) });
  await download([a, b], { transport, target, retries: 0 });
  expect(target.content()).toEqual(content.map((byte) => byte ^ 1));
  expect(asked[1]).toMatchObject({ url: b, headers: {} });
});

it('asks past an HTTP cache when what it gave is wrong', async () => {
  const target = createMemoryTarget();
  const { transport, asked } = scripted({ body: new Uint8Array(1000) }, {});
  await download([a], { transport, target, expected: await known(), cachedAnswers: true });
  expect(asked.map(({ fresh }) => fresh)).toEqual([false, true]);
});

describe('is refused', () => {
  it.each<[string, Answer, string, RegExp]>([
    ['when https sends on to http', { url: 'http://a.example/net.onnx' }, 'model-failed', /not encrypted/],
    ['when the content is another', { body: new Uint8Array(1000) }, 'integrity-failed', /sha256/],
    ['when there is more than declared', { body: new Uint8Array(1001) }, 'integrity-failed', /1001 or more bytes, expected 1000/],
    ['when it is gone', { status: 410 }, 'model-not-found', /410/],
    ['when the server asks for too long a wait', { status: 503, headers: { 'Retry-After': '301' } }, 'model-failed', /6 minutes/],
  ])('%s, at once', async (_, answer, code, message) => {
    const { transport, asked } = scripted(answer);
    const target = createMemoryTarget();
    await expect(download([a], { transport, target, expected: await known() })).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(asked).toHaveLength(1);
    expect(target.length).toBe(0);
  });

  it('when nothing comes for too long, keeping what came', async () => {
    const { transport } = scripted({ body: content.subarray(0, 10), end: 'never' });
    const target = createMemoryTarget();
    await expect(download([a], { transport, target, stallMs: 30, retries: 0 })).rejects.toMatchObject({ code: 'model-failed', message: expect.stringMatching(/nothing came for 0\.03 seconds/) });
    expect(target.length).toBe(10);
  });

  it('when there is no network, with the reason', async () => {
    await expect(download([a], { ...scripted(), target: createMemoryTarget(), retries: 0, advice: 'Look at the cable.' }))
      .rejects.toMatchObject({ code: 'model-failed', message: 'https://a.example/net.onnx cannot be downloaded: fetch failed (no more answers). Look at the cable.' });
  });

  it('when aborted, before, during and between attempts', async () => {
    const target = createMemoryTarget();
    await expect(download([a], { ...scripted({}), target, signal: AbortSignal.abort('early') })).rejects.toMatchObject({ code: 'aborted', cause: 'early' });
    const during = new AbortController();
    setTimeout(() => during.abort('during'), 10);
    await expect(download([a], { ...scripted({ end: 'never' }), target, signal: during.signal })).rejects.toMatchObject({ code: 'aborted', cause: 'during' });
    const between = new AbortController();
    setTimeout(() => between.abort('between'), 10);
    await expect(download([a], { ...scripted({ status: 500 }), target, signal: between.signal })).rejects.toMatchObject({ code: 'aborted', cause: 'between' });
  });
});
