import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDeblur, createImage, createRandom } from '@deblur/core';
import { sharpCodec } from '@deblur/plugin-sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RestorationEvent } from './restoration.ts';

const deblur = createDeblur({ plugins: [sharpCodec()] });
let folder: string;
let small: Uint8Array<ArrayBuffer>;
let large: Uint8Array<ArrayBuffer>;
const started: ChildProcess[] = [];

interface Started {
  readonly url: string;
  readonly child: ChildProcess;
}

async function start(settings: Readonly<Record<string, string>> = {}): Promise<Started> {
  const child = spawn(process.execPath, ['--conditions=@deblur/source', join(import.meta.dirname, 'http-server.ts')], {
    env: { ...process.env, PORT: '0', RESULTS: folder, ...settings }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const [line] = await once(createInterface(child.stdout!), 'line') as [string];
  return { child, url: line.replace('Listening on ', '') };
}

/** Restores by a method that takes its time with the large picture. */
function post(url: string, picture: Uint8Array<ArrayBuffer>, { query = 'psf=disk:3', signal }: { query?: string; signal?: AbortSignal } = {}): Promise<Response> {
  const body = new FormData();
  body.append('picture', new Blob([picture]), 'picture.png');
  return fetch(`${url}/restore?${query}`, { method: 'POST', body, ...(signal && { signal }) });
}

async function eventsOf(response: Response): Promise<RestorationEvent[]> {
  return (await response.text()).trim().split('\n').map((line) => JSON.parse(line) as RestorationEvent);
}

async function encode(side: number): Promise<Uint8Array<ArrayBuffer>> {
  const random = createRandom(side);
  const image = createImage({ width: side, height: side, data: Uint8Array.from({ length: side * side * 3 }, () => random.bits() & 255) });
  return new Uint8Array((await deblur.write(image, { format: 'png' })).data!);
}

async function untilIdle(url: string): Promise<void> {
  for (;;) {
    const { running, waiting } = await (await fetch(`${url}/health`)).json() as { running: number; waiting: number };
    if (running + waiting === 0) return;
    await sleep(20);
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'http-'));
  small = await encode(40);
  large = await encode(512);
});
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  for (const name of await readdir(folder)) await rm(join(folder, name));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the server', () => {
  it('restores an upload, tells about it, and serves the result', async () => {
    const { url } = await start();
    const response = await post(url, small);
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const events = await eventsOf(response);
    expect(events.some((event) => 'progress' in event && event.progress.stage === 'restore')).toBe(true);
    const last = events.at(-1)!;
    expect(last).toMatchObject({ result: { width: 40, height: 40, method: 'tv', warnings: [] } });
    const result = await fetch(`${url}${'result' in last ? last.result.path : ''}`);
    expect(result.headers.get('content-type')).toBe('image/png');
    expect((await deblur.read(new Uint8Array(await result.arrayBuffer()))).width).toBe(40);
  });

  it('refuses by status what it cannot do', async () => {
    const { url } = await start({ MAXIMUM_BYTES: '100000', MAXIMUM_PIXELS: '1000' });
    const refused = async (answer: Promise<Response>): Promise<[number, string]> => {
      const response = await answer;
      return [response.status, (await response.json() as { error: { code: string } }).error.code];
    };
    expect(await refused(post(url, large))).toEqual([413, 'FST_REQ_FILE_TOO_LARGE']);
    expect(await refused(post(url, small))).toEqual([413, 'limit-exceeded']);
    expect(await refused(post(url, new Uint8Array([1, 2, 3])))).toEqual([422, 'image-unreadable']);
    expect(await refused(post(url, small, { query: 'method=magic' }))).toEqual([400, 'invalid-argument']);
    expect(await refused(post(url, small, { query: 'psf=disk:none' }))).toEqual([400, 'invalid-argument']);
    expect(await refused(fetch(`${url}/results/..%2Fserver.ts`))).toEqual([404, 'no-result']);
    await untilIdle(url);
  });

  it('lets some wait and sends the rest away, and stops working for who went away', async () => {
    const { url } = await start({ RUNNING: '1', WAITING: '1' });
    const leave = new AbortController();
    const first = await post(url, large, { signal: leave.signal });
    const second = post(url, small);
    while ((await (await fetch(`${url}/health`)).json() as { waiting: number }).waiting === 0) await sleep(5);
    const third = await post(url, small);
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '5']);
    leave.abort();
    await expect(first.text()).rejects.toThrow();
    const events = await eventsOf(await second);
    expect(events[0]).toEqual({ queued: 1 });
    expect(events.at(-1)).toHaveProperty('result');
    await untilIdle(url);
    // Only the second picture has a result; the first was given up.
    expect((await readdir(folder)).length).toBe(1);
  });

  it('finishes what is under way when it is asked to stop', async () => {
    const { url, child } = await start();
    const response = await post(url, large);
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect((await eventsOf(response)).at(-1)).toHaveProperty('result');
    expect(await exit).toEqual([0, null]);
    expect((await readdir(folder)).length).toBe(1);
  });

  it('gives up what takes too long then, and leaves nothing half-written', async () => {
    const { url, child } = await start({ GRACE_MS: '1' });
    const response = await post(url, large);
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect((await eventsOf(response)).at(-1)).toMatchObject({ error: { status: 503, code: 'aborted' } });
    expect(await exit).toEqual([0, null]);
    expect(await readdir(folder)).toEqual([]);
  });
});
