// Runs ffdnet-color with onnxruntime-node; browsers are compared with what it computes. From the root of the repository:
//   npx -c "node --conditions=@deblur/source packages/backend-web/scripts/make-node-reference.ts"
import { createNodeBackend } from '@deblur/backend-node';
import { readFile, writeFile } from 'node:fs/promises';
import { referenceInputs } from '../src/testing/node-reference.ts';

const models = new URL('../../models/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('manifests/ffdnet-color.json', models), 'utf8'));
const bytes = await readFile(new URL('files/ffdnet-color.onnx', models));
const backend = createNodeBackend();
const session = await backend.createSession({ manifest, bytes }, { provider: 'cpu', threads: 1 });
const { output } = await session.run(referenceInputs());
await backend.dispose();
if (!(output?.data instanceof Float32Array)) throw new Error('There is no float32 output.');
await writeFile(new URL('../src/testing/fixtures/ffdnet-node.f32', import.meta.url), output.data);
console.log(`${output.dims.join('×')}, first values ${output.data.slice(0, 3).join(', ')}`);
