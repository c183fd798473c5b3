import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { nodeBackend } from '@deblur/backend-node';
import { testBackend } from '@deblur/conformance';
import { comparePixels, createDeblur, crop } from '@deblur/core';
import { builtinModels } from '@deblur/models';
import { sharpCodec } from '@deblur/plugin-sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRemoteBackend } from './remote-backend.ts';

let server: ChildProcess;
let address: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remote-'));
  server = spawn(process.execPath, ['--conditions=@deblur/source', join(import.meta.dirname, 'inference-server.ts'), '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface(server.stdout!), 'line') as [string];
  address = line.replace('Networks run at ', '');
});
afterAll(async () => {
  const exit = once(server, 'exit');
  server.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
  await rm(folder, { recursive: true });
});

testBackend({ name: 'remote backend', createBackend: () => createRemoteBackend(new URL(address)), runner: { describe, it } });

describe('the example', () => {
  const run = (parameters: readonly string[]): Promise<{ stdout: string }> =>
    promisify(execFile)(process.execPath, ['--conditions=@deblur/source', join(import.meta.dirname, 'custom-backend.ts'), ...parameters]);

  it('gives what the network gives in this process', async () => {
    const deblur = createDeblur({ plugins: [nodeBackend(), sharpCodec(), builtinModels()] });
    const picture = crop(await deblur.read(join(import.meta.dirname, '..', 'demo', 'pictures', 'towels-blurred.png')), { left: 100, top: 80, width: 96, height: 64 });
    await deblur.write(picture, join(folder, 'in.png'));
    const { stdout } = await run([join(folder, 'in.png'), join(folder, 'out.png'), '--server', address, '--model', 'ffdnet-color', '--sigma', '0.05']);
    expect(stdout).toMatch(/^ffdnet-color on remote\/cpu, 1 tiles$/m);
    const { image } = await deblur.run(picture, { model: 'ffdnet-color', parameters: { sigma: 0.05 } });
    await deblur.dispose();
    expect(comparePixels(await deblur.read(join(folder, 'out.png')), image!).maximum).toBeLessThanOrEqual(1 / 255);
  });

  it('says that no server answers', async () => {
    await expect(run([join(folder, 'in.png'), join(folder, 'none.png'), '--server', 'http://127.0.0.1:9/'])).rejects.toThrow('The inference server at http://127.0.0.1:9/ does not answer');
    expect(await readdir(folder)).not.toContain('none.png');
  });
});
