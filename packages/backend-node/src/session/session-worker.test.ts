import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { DeviceLostError } from '@deblur/core';
import { expect, it } from 'vitest';
import { join } from 'node:path';
import { locateScript } from '../locate-script.ts';
import { pathToFileURL } from 'node:url';
import { startSessionWorker } from './session-worker.ts';
import { tmpdir } from 'node:os';
import { toTypedError } from './to-typed-error.ts';
import type { LoadRequest } from '../worker/messages.ts';

function script(onMessage: string): URL {
  return new URL(`data:text/javascript,import { parentPort } from 'node:worker_threads'; parentPort.on('message', (m) => { ${onMessage} });`);
}

function load(): LoadRequest {
  return { kind: 'load', bytes: new Uint8Array(4), provider: 'cpu', threads: 1 };
}

it.each([['exits', 'process.exit(7)', /exit code 7/], ['throws', 'throw new Error("boom")', /boom/]])(
  'reports a worker that %s as DeviceLostError to waiting and later calls',
  async (_, body, reason) => {
    let exits = 0;
    const worker = startSessionWorker(script(body), () => exits++);
    const waiting = [worker.request(load(), []), worker.request(load(), [])];
    for (const outcome of await Promise.allSettled(waiting)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: DeviceLostError.code, message: expect.stringMatching(reason) } });
    }
    await expect(worker.request(load(), [])).rejects.toSatisfy(DeviceLostError.isInstance);
    await worker.release();
    expect(exits).toBe(1);
  },
);

it('says what to install where onnxruntime-node is missing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deblur-'));
  try {
    const source = locateScript('worker/worker');
    await copyFile(source, join(folder, 'worker.ts'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    const worker = startSessionWorker(pathToFileURL(join(folder, 'worker.ts')), () => undefined);
    const reply = await worker.request(load(), []);
    await worker.release();
    expect(reply).toMatchObject({ kind: 'failed', failure: { stage: 'import' } });
    const error = reply.kind === 'failed' ? toTypedError(reply.failure, { model: 'm', provider: 'cpu' }) : undefined;
    expect(error).toMatchObject({ code: 'unsupported', message: expect.stringContaining('npm install onnxruntime-node') });
  } finally {
    await rm(folder, { recursive: true });
  }
});
