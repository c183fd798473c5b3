import { check, checkEqual, checkRejects } from '../../assertions.ts';
import { backendCase } from '../backend-case.ts';
import { checkTensors } from '../tensors.ts';
import { convolution, fixed, identity, parameter } from '../fixtures/fixtures.ts';
import { inputsOf, outputsOf, toSessionModel } from '../backend-context.ts';
import type { BackendCase } from '../backend-case.ts';
import type { ModelManifest, SessionModel } from '@deblur/core';

/** How sessions come about, and how they do not. */
export const creationCases: readonly BackendCase[] = [
  backendCase('creates sessions concurrently on a fresh backend', async ({ open, tolerance }) => {
    const fixtures = [identity, convolution, parameter, identity];
    const sessions = await Promise.all(fixtures.map((fixture) => open(fixture)));
    const results = await Promise.all(sessions.map((session, i) => session.run(inputsOf(fixtures[i] ?? identity))));
    results.forEach((result, i) => checkTensors(result, outputsOf(fixtures[i] ?? identity), tolerance));
  }),
  backendCase('declares the tensors of the model', async ({ open, provider }) => {
    const session = await open(parameter);
    checkEqual(session.provider, provider, 'The provider of the session');
    const describe = (tensors: typeof session.inputs): string =>
      [...tensors].sort((a, b) => a.name.localeCompare(b.name)).map(({ name, type, dims }) => `${name} ${type} ${dims.join()}`).join('; ');
    checkEqual(describe(session.inputs), 'input float32 1,3,-1,-1; sigma float32 1', 'The list of inputs');
    checkEqual(describe(session.outputs), 'output float32 1,3,-1,-1', 'The list of outputs');
    checkEqual(describe((await open(fixed)).inputs), 'input float32 1,3,16,16', 'The list of inputs of the fixed model');
  }),
  backendCase('leaves the bytes of the model alone', async ({ backend, provider }) => {
    const model = toSessionModel(convolution);
    const before = [...model.bytes].join();
    await backend.createSession(model, { provider });
    checkEqual(model.bytes.length, toSessionModel(convolution).bytes.length, 'The length of the bytes');
    checkEqual([...model.bytes].join(), before, 'The content of the bytes');
  }),
  backendCase('loads a model from a view into a larger buffer', async ({ backend, provider, tolerance }) => {
    const { manifest, bytes } = toSessionModel(convolution);
    const larger = new Uint8Array(bytes.length + 100).fill(255);
    larger.set(bytes, 37);
    const session = await backend.createSession({ manifest, bytes: larger.subarray(37, 37 + bytes.length) }, { provider });
    checkTensors(await session.run(inputsOf(convolution)), outputsOf(convolution), tolerance);
  }),
  backendCase('refuses a provider it does not know with UnsupportedError', async ({ backend }) => {
    await checkRejects(backend.createSession(toSessionModel(identity), { provider: 'no-such-provider' }), 'unsupported', 'no-such-provider');
  }),
  backendCase('refuses a corrupt model with ModelError', async ({ backend, provider }) => {
    const { manifest, bytes } = toSessionModel(convolution);
    const corrupt: Record<string, Uint8Array> = {
      empty: new Uint8Array(0),
      truncated: bytes.slice(0, bytes.length >> 1),
      'with inverted bytes': bytes.map((byte, i) => (i > 20 && i < 60 ? byte ^ 255 : byte)),
      'of zeros': new Uint8Array(1000),
      'that is text': new TextEncoder().encode('<html><body>404 Not Found</body></html>'),
    };
    for (const [kind, broken] of Object.entries(corrupt)) {
      const error = await checkRejects(backend.createSession({ manifest, bytes: broken }, { provider }), 'model-failed', manifest.id);
      check(error.message.length > 0, `A model ${kind} gives no message.`);
    }
  }),
  backendCase('works on after a corrupt model', async ({ backend, provider, open, tolerance }) => {
    const { manifest } = toSessionModel(convolution);
    await checkRejects(backend.createSession({ manifest, bytes: new Uint8Array(64) }, { provider }), 'model-failed');
    const session = await open(convolution);
    checkTensors(await session.run(inputsOf(convolution)), outputsOf(convolution), tolerance);
  }),
  backendCase('refuses a model whose tensors are not those of its manifest with ModelError naming both', async ({ backend, provider }) => {
    const model = toSessionModel(convolution);
    const { inputs, outputs } = model.manifest.tensors;
    const create = (tensors: Partial<ModelManifest['tensors']>): Promise<unknown> => {
      const changed: SessionModel = { bytes: model.bytes, manifest: { ...model.manifest, tensors: { ...model.manifest.tensors, ...tensors } } };
      return backend.createSession(changed, { provider });
    };
    await checkRejects(create({ inputs: inputs.map((spec) => ({ ...spec, name: 'picture' })) }), 'model-failed', 'picture', 'input');
    await checkRejects(create({ outputs: outputs.map((spec) => ({ ...spec, name: 'sharp' })) }), 'model-failed', 'sharp', 'output');
    await checkRejects(create({ inputs: inputs.map((spec) => ({ ...spec, type: 'uint8' })) }), 'model-failed', 'input', 'uint8', 'float32');
    await checkRejects(create({ outputs: outputs.map((spec) => ({ ...spec, channels: 1 })) }), 'model-failed', 'output');
  }),
];
