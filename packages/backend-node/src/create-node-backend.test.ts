import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createNodeBackend, nodeBackend } from '@deblur/backend-node';
import type { NamedTensors, SessionModel } from '@deblur/core';
import type { NodeBackend } from '@deblur/backend-node';

const backends: NodeBackend[] = [];
afterEach(async () => {
  await Promise.all(backends.splice(0).map((backend) => backend.dispose()));
});

function createBackend(options?: Parameters<typeof createNodeBackend>[0]): NodeBackend {
  const backend = createNodeBackend(options);
  backends.push(backend);
  return backend;
}

async function loadModel(name: string): Promise<SessionModel> {
  const models = new URL('../../models/', import.meta.url);
  const [manifest, bytes] = await Promise.all([readFile(new URL(`manifests/${name}.json`, models), 'utf8'), readFile(new URL(`files/${name}.onnx`, models))]);
  return { manifest: JSON.parse(manifest), bytes };
}

function noise(side: number): NamedTensors {
  return {
    input: { type: 'float32', dims: [1, 3, side, side], data: Float32Array.from({ length: 3 * side * side }, (_, i) => ((i * 13) % 97) / 97) },
    sigma: { type: 'float32', dims: [1, 1, 1, 1], data: Float32Array.of(0.1) },
  };
}

describe('createNodeBackend', () => {
  it('loads nothing before it is asked', () => {
    expect(createBackend().workerCount).toBe(0);
  });

  it('takes providers and threads, and refuses impossible ones', async () => {
    expect(createBackend({ providers: ['webgpu', 'cpu'] }).defaultProviders).toEqual(['webgpu', 'cpu']);
    expect(() => createNodeBackend({ providers: [] })).toThrowError(expect.objectContaining({ code: 'invalid-argument' }));
    for (const threads of [0, -1, 1.5, NaN]) {
      expect(() => createNodeBackend({ threads })).toThrowError(expect.objectContaining({ code: 'invalid-argument' }));
      const creating = createBackend().createSession(await loadModel('ffdnet-color'), { provider: 'cpu', threads });
      await expect(creating).rejects.toMatchObject({ code: 'invalid-argument', message: expect.stringContaining('threads') });
    }
  });

  it('has one worker a session and none after dispose, of sessions and of the backend', async () => {
    const backend = createBackend();
    const model = await loadModel('ffdnet-color');
    const sessions = await Promise.all([1, 2, 3].map(() => backend.createSession(model, { provider: 'cpu' })));
    expect(backend.workerCount).toBe(3);
    await sessions[0]?.run(noise(16));
    await sessions[0]?.dispose();
    expect(backend.workerCount).toBe(2);
    await backend.dispose();
    expect(backend.workerCount).toBe(0);
  });

  it('leaves no worker behind a failed or aborted creation', async () => {
    const backend = createBackend();
    const model = await loadModel('ffdnet-color');
    await expect(backend.createSession({ ...model, bytes: new Uint8Array(99) }, { provider: 'cpu' })).rejects.toMatchObject({ code: 'model-failed' });
    expect(backend.workerCount).toBe(0);
    const controller = new AbortController();
    const creating = backend.createSession(model, { provider: 'cpu', signal: controller.signal });
    controller.abort();
    await expect(creating).rejects.toMatchObject({ code: 'aborted' });
    await backend.dispose();
    expect(backend.workerCount).toBe(0);
  });

  it('rejects at once when a running call is aborted, and runs on', async () => {
    const session = await createBackend().createSession(await loadModel('ffdnet-color'), { provider: 'cpu' });
    const expected = await session.run(noise(32));
    const controller = new AbortController();
    let finished = false;
    const long = session.run(noise(400), { signal: controller.signal });
    const later = session.run(noise(32)).finally(() => {
      finished = true;
    });
    setTimeout(() => controller.abort(), 20);
    await expect(long).rejects.toMatchObject({ code: 'aborted' });
    expect(finished).toBe(false);
    expect(await later).toEqual(expected);
  });

  it('says why a provider is not usable here, by name', async () => {
    const backend = createBackend();
    const model = await loadModel('ffdnet-color');
    const missing = (await backend.probe()).filter((status) => !status.available);
    expect(missing.length).toBeGreaterThan(0);
    for (const { provider, reason } of missing) {
      await expect(backend.createSession(model, { provider })).rejects.toMatchObject({
        code: 'unsupported', message: expect.stringContaining(reason ?? ''),
      });
    }
    expect(backend.workerCount).toBe(0);
  });

  it('gives the same numbers with one thread and with several', async () => {
    const model = await loadModel('ffdnet-color');
    const backend = createBackend();
    const [one, two] = await Promise.all([1, 2].map((threads) => backend.createSession(model, { provider: 'cpu', threads })));
    const [a, b] = await Promise.all([one?.run(noise(48)), two?.run(noise(48))]);
    const [first, second] = [a?.['output']?.data as Float32Array, b?.['output']?.data as Float32Array];
    expect(first.length).toBe(3 * 48 * 48);
    expect(first.reduce((most, value, i) => Math.max(most, Math.abs(value - (second[i] ?? NaN))), 0)).toBeLessThan(1e-5);
  });
});

it('nodeBackend brings the backend and files', () => {
  const plugin = nodeBackend({ providers: ['cpu'] });
  expect(plugin).toMatchObject({ specificationVersion: 1, id: 'backend-node', files: { protocols: ['file:', 'https:', 'http:'] }, backend: { id: 'node', defaultProviders: ['cpu'] } });
});
