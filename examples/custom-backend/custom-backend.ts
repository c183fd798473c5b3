/** Restores a picture with a network that runs on another machine, or in another process. */
import { parseArgs } from 'node:util';
import { createDeblur } from '@deblur/core';
import { createFileAccess } from '@deblur/backend-node';
import { builtinModels } from '@deblur/models';
import { sharpCodec } from '@deblur/plugin-sharp';
import { createRemoteBackend } from './remote-backend.ts';

const { values, positionals: [input, output] } = parseArgs({
  allowPositionals: true,
  options: {
    server: { type: 'string', default: 'http://127.0.0.1:8740/' }, model: { type: 'string', default: 'auto' }, sigma: { type: 'string' },
  },
});
if (!input || !output) {
  console.error('Usage: custom-backend INPUT OUTPUT [--server http://127.0.0.1:8740/] [--model auto] [--sigma 0.05]');
  process.exit(2);
}

const deblur = createDeblur({
  plugins: [
    // A plugin is an object; this one also says how the weights are read, which is done on this side.
    { specificationVersion: 1, id: 'remote', backend: createRemoteBackend(new URL(values.server)), files: createFileAccess() },
    sharpCodec(),
    builtinModels(),
  ],
});
try {
  const { model, backend, tiles, warnings } = await deblur.run(input, {
    model: values.model, output, encode: { overwrite: true }, ...(values.sigma && { parameters: { sigma: Number(values.sigma) } }),
  });
  console.log(`${model?.id} on ${backend?.id}/${backend?.provider}, ${tiles.count} tiles`);
  for (const { message } of warnings) console.log(`warning: ${message}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  await deblur.dispose();
}
