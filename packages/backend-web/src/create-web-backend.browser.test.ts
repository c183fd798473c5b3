import { createDeblur } from '@deblur/core';
import { createWebBackend, webBackend } from '@deblur/backend-web';
import { afterEach, describe, expect, it } from 'vitest';
import { askMemory, sabotage } from './testing/sabotage.ts';
import { convolveAll, makeConvolution } from './testing/tiny-onnx.ts';
import { startTestWorker } from './testing/start-test-worker.ts';
import { tinyModel } from './testing/tiny-model.ts';
import type { NamedTensors, Session, SessionModel } from '@deblur/core';
import type { WebBackend, WebBackendOptions } from '@deblur/backend-web';

const layers = [makeConvolution(3, 8, 3, 1), makeConvolution(8, 3, 3, 2)];
const backends: WebBackend[] = [];
afterEach(async () => {
  await Promise.all(backends.splice(0).map((backend) => backend.dispose()));
});

function createBackend(options?: WebBackendOptions): WebBackend {
  const backend = createWebBackend(options);
  backends.push(backend);
  return backend;
}

async function loadModel(): Promise<SessionModel> {
  const { manifest, onnx } = await tinyModel(layers);
  return { manifest, bytes: onnx };
}

function picture(height: number, width: number): NamedTensors {
  return { input: { type: 'float32', dims: [1, 3, height, width], data: Float32Array.from({ length: 3 * height * width }, (_, i) => ((i * 13) % 97) / 97) } };
}

async function expectRight(session: Session): Promise<void> {
  const inputs = picture(9, 12);
  const { output } = await session.run(inputs);
  const expected = convolveAll(layers, inputs['input']!.data as Float32Array, 9, 12);
  expect(output?.dims).toEqual([1, 3, 9, 12]);
  expect(Math.max(...expected.map((value, i) => Math.abs(value - Number(output?.data[i]))))).toBeLessThan(1e-5);
}

describe('createWebBackend', () => {
  it('loads nothing before it is asked', async () => {
    const backend = createBackend();
    await backend.probe();
    expect(backend.workerCount).toBe(0);
  });

  it('takes providers and threads, and refuses impossible ones', async () => {
    expect(createBackend({ providers: ['wasm'] }).defaultProviders).toEqual(['wasm']);
    expect(createBackend().defaultProviders).toEqual(['webgpu', 'wasm']);
    expect(() => createWebBackend({ providers: [] })).toThrowError(expect.objectContaining({ code: 'invalid-argument' }));
    for (const number of [0, -1, 1.5, NaN]) {
      expect(() => createWebBackend({ threads: number })).toThrowError(/threads/);
      expect(() => createWebBackend({ recycleAfterRuns: number })).toThrowError(/recycleAfterRuns/);
      await expect(createBackend().createSession(await loadModel(), { provider: 'wasm', threads: number })).rejects.toMatchObject({ code: 'invalid-argument' });
    }
  });

  it('has one worker a session and none after dispose, of sessions and of the backend', async () => {
    const backend = createBackend();
    const model = await loadModel();
    const sessions = await Promise.all([1, 2].map(() => backend.createSession(model, { provider: 'wasm' })));
    expect(backend.workerCount).toBe(2);
    await sessions[0]?.dispose();
    expect(backend.workerCount).toBe(1);
    await backend.dispose();
    expect(backend.workerCount).toBe(0);
  });

  it('leaves no worker behind a failed or aborted creation', async () => {
    const backend = createBackend();
    const model = await loadModel();
    await expect(backend.createSession({ ...model, bytes: new Uint8Array(99) }, { provider: 'wasm' })).rejects.toMatchObject({ code: 'model-failed' });
    expect(backend.workerCount).toBe(0);
    const controller = new AbortController();
    const creating = backend.createSession(model, { provider: 'wasm', signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(creating).rejects.toMatchObject({ code: 'aborted' });
    expect(backend.workerCount).toBe(0);
  });

  it('rejects at once when a running call is aborted, and runs on', async () => {
    const session = await createBackend().createSession(await loadModel(), { provider: 'wasm' });
    const controller = new AbortController();
    let finished = false;
    const long = session.run(picture(2000, 2000), { signal: controller.signal });
    const later = expectRight(session).finally(() => {
      finished = true;
    });
    setTimeout(() => controller.abort(), 20);
    await expect(long.then(() => 'finished')).rejects.toMatchObject({ code: 'aborted' });
    expect(finished).toBe(false);
    await later;
  });

  it('says why a provider is not usable here', async () => {
    const backend = createBackend();
    const model = await loadModel();
    const statuses = await backend.probe();
    expect(statuses.map(({ provider, available }) => [provider, available])).toEqual([['webgpu', false], ['wasm', true], ['webnn', false]]);
    for (const { provider, reason = '' } of statuses.filter(({ available }) => !available)) {
      await expect(backend.createSession(model, { provider })).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining(reason) });
    }
    expect(statuses[0]?.reason).toMatch(/emulated by the processor/);
    expect(statuses[1]?.devices?.[0]).toMatch(/^processor, \d threads?/);
  });

  it('computes the same with one thread and with two', async () => {
    for (const threads of [1, 2]) {
      const session = await createBackend({ threads }).createSession(await loadModel(), { provider: 'wasm' });
      expect(session.warnings ?? []).toEqual([]);
      await expectRight(session);
    }
  });

  it('runs two instances at once', async () => {
    const model = await loadModel();
    await Promise.all([1, 2].map(async () => {
      const session = await createBackend({ threads: 1 }).createSession(model, { provider: 'wasm' });
      await Promise.all([1, 2, 3].map(() => expectRight(session)));
    }));
  });

  it('takes no more memory after 50 runs than after 5', async () => {
    const session = await createBackend({ createWorker: startTestWorker, threads: 1 }).createSession(await loadModel(), { provider: 'wasm' });
    const taken: number[] = [];
    for (let run = 1; run <= 50; run++) {
      await session.run(picture(300, 300));
      if (run === 5 || run === 50) taken.push(await askMemory());
    }
    expect(taken[0]).toBeGreaterThan(1e6);
    expect(taken[1]).toBe(taken[0]);
  });

  it('replaces the worker after so many runs', async () => {
    let started = 0;
    const createWorker = (): Worker => {
      started++;
      return startTestWorker('wasm');
    };
    const backend = createBackend({ createWorker, recycleAfterRuns: 2, threads: 1 });
    const session = await backend.createSession(await loadModel(), { provider: 'wasm' });
    for (let run = 0; run < 5; run++) await expectRight(session);
    expect(started).toBe(3);
    expect(backend.workerCount).toBe(1);
  });

  it('reports a failing worker as DeviceLostError, also to later calls', async () => {
    const backend = createBackend({ createWorker: startTestWorker, threads: 1 });
    const session = await backend.createSession(await loadModel(), { provider: 'wasm' });
    // Enough that the worker hears of the sabotage before it is done.
    const running = Promise.all(Array.from({ length: 20 }, () => session.run(picture(1000, 1000))));
    sabotage('throw');
    await expect(running.then(() => 'finished')).rejects.toMatchObject({ code: 'device-lost', message: expect.stringContaining('sabotage') });
    await expect(session.run(picture(4, 4))).rejects.toMatchObject({ code: 'device-lost' });
    expect(backend.workerCount).toBe(0);
    await session.dispose();
  });

  it('rebuilds the session of a failed worker once, and goes on', async () => {
    const deblur = createDeblur({ plugins: [webBackend({ createWorker: startTestWorker, providers: ['wasm'], threads: 1 })] });
    // So many tiles that the worker cannot be done before it hears of the sabotage.
    const side = 320;
    const data = Float32Array.from({ length: side * side * 3 }, (_, i) => ((i * 31) % 255) / 255);
    let sabotaged = false;
    const result = await deblur.run({ width: side, height: side, channels: 3, data, transfer: 'srgb' }, {
      model: await tinyModel(layers), tile: 32,
      onProgress: ({ stage, done }) => {
        if (stage !== 'restore' || done !== 1 || sabotaged) return;
        sabotaged = true;
        sabotage('throw');
      },
    });
    await deblur.dispose();
    expect(result.warnings.map(({ code }) => code)).toContain('session-rebuilt');
    expect(result.backend?.provider).toBe('wasm');
  });

  it('says what to do when the worker\'s script or onnxruntime\'s files are not there', async () => {
    const model = await loadModel();
    const noScript = createBackend({ createWorker: () => new Worker('/no-such-script.js', { type: 'module' }) });
    await expect(noScript.createSession(model, { provider: 'wasm' })).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('createWorker') });
    const noFiles = createBackend({ wasmPaths: '/no-such-folder/' });
    await expect(noFiles.createSession(model, { provider: 'wasm' })).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('wasmPaths') });
    expect(noScript.workerCount + noFiles.workerCount).toBe(0);
  });

  it('leaves the page free while a network runs', async () => {
    const session = await createBackend().createSession(await loadModel(), { provider: 'wasm' });
    const inputs = picture(1024, 1024);
    await session.run(inputs);
    // Run in the page, a network would block it from beginning to end. Other programs may hold the processor for a while.
    const { gap, duration } = await longestGap(() => session.run(inputs));
    console.log(`Longest gap of the page: ${Math.round(gap)} ms while a network ran for ${Math.round(duration)} ms`);
    expect(gap).toBeLessThan(duration / 2);
  });
});

it('webBackend brings the backend and files', () => {
  expect(webBackend({ providers: ['wasm'] })).toMatchObject({
    specificationVersion: 1, id: 'backend-web', files: { protocols: ['https:', 'http:', 'blob:', 'data:'] }, backend: { id: 'web', defaultProviders: ['wasm'] },
  });
});

/** Longest time in milliseconds in which the page stood still while work was under way, and how long that took. */
async function longestGap(work: () => Promise<unknown>): Promise<{ readonly gap: number; readonly duration: number }> {
  const start = performance.now();
  let gap = 0;
  let last = start;
  const look = (): void => {
    const now = performance.now();
    gap = Math.max(gap, now - last);
    last = now;
  };
  const timer = setInterval(look, 4);
  await work();
  clearInterval(timer);
  look();
  return { gap, duration: last - start };
}
