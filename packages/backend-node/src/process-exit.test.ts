import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';

const prelude = `
  import { readFile } from 'node:fs/promises';
  import { createNodeBackend } from '@deblur/backend-node';
  const models = new URL('../models/', 'file://' + process.cwd() + '/');
  const model = {
    manifest: JSON.parse(await readFile(new URL('manifests/ffdnet-color.json', models), 'utf8')),
    bytes: await readFile(new URL('files/ffdnet-color.onnx', models)),
  };
  const picture = (side) => ({
    input: { type: 'float32', dims: [1, 3, side, side], data: new Float32Array(3 * side * side) },
    sigma: { type: 'float32', dims: [1, 1, 1, 1], data: Float32Array.of(0.1) },
  });
  const backend = createNodeBackend();
  const session = await backend.createSession(model, { provider: 'cpu' });
`;

// The limit only ends a program that would never end; a crash of the native part shows as another exit.
function runProgram(program: string): Promise<{ code: number | string | null; stdout: string; stderr: string }> {
  const flags = ['--conditions=@deblur/source', '--input-type=module', '--eval', prelude + program];
  const folder = fileURLToPath(new URL('..', import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, flags, { cwd: folder, timeout: 50_000 }, (error, stdout, stderr) => {
      resolve({ code: error ? error.signal ?? error.code ?? null : 0, stdout, stderr });
    });
  });
}

it.each([
  ['ends by itself without dispose()', 'await session.run(picture(16)); console.log("done");'],
  ['ends by itself after dispose()', 'await session.run(picture(16)); await backend.dispose(); console.log("done");'],
  ['waits for a run nobody awaits', 'session.run(picture(200)).then(() => console.log("done"));'],
  ['can exit in the middle of a run', 'session.run(picture(400)); setTimeout(() => { console.log("done"); process.exit(0); }, 200);'],
  ['can exit while a session is created', 'backend.createSession(model, { provider: "cpu" }); setTimeout(() => { console.log("done"); process.exit(0); }, 60);'],
])('a program %s', async (_, program) => {
  expect(await runProgram(program)).toEqual({ code: 0, stdout: 'done\n', stderr: '' });
});
