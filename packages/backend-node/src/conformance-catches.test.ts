import { createNodeBackend } from '@deblur/backend-node';
import { expect, it } from 'vitest';
import { testBackend } from '@deblur/conformance';
import type { Backend, NamedTensors, Session } from '@deblur/core';

/** Backends that break one rule each, and the case of the suite that must notice. */
const broken: readonly (readonly [fault: string, caught: string, breakIt: (backend: Backend) => Partial<Backend>])[] = [
  ['computes slightly wrong numbers', 'computes a convolution from 6 to 8 channels', (backend) => withSession(backend, (session) => ({
    run: async (inputs, options) => mapFloats(await session.run(inputs, options), (value) => value + 1e-3),
  }))],
  ['detaches its inputs', 'leaves inputs usable and unchanged', (backend) => withSession(backend, (session) => ({
    run(inputs, options) {
      const result = session.run(inputs, options);
      for (const { data } of Object.values(inputs)) structuredClone(data.buffer, { transfer: [data.buffer as ArrayBuffer] });
      return result;
    },
  }))],
  ['replaces NaN', 'passes NaN and infinities through unchanged', (backend) => withSession(backend, (session) => ({
    run: async (inputs, options) => mapFloats(await session.run(inputs, options), (value) => (Number.isNaN(value) ? 0 : value)),
  }))],
  ['falls back to another provider by itself', 'refuses a provider it does not know with UnsupportedError', (backend) => ({
    createSession: (model, options) => backend.createSession(model, { ...options, provider: 'cpu' }),
  })],
  ['throws untyped errors', 'reports a failing operator as ModelError and runs on', (backend) => withSession(backend, (session) => ({
    run: (inputs, options) => session.run(inputs, options).catch((error: Error) => Promise.reject(new Error(error.message))),
  }))],
  ['is poisoned by a failure', 'reports a failing operator as ModelError and runs on', (backend) => withSession(backend, (session) => {
    let last: Promise<unknown> = Promise.resolve();
    return {
      run(inputs, options): Promise<NamedTensors> {
        const result = last.then(() => session.run(inputs, options));
        last = result;
        return result;
      },
    };
  })],
  ['ignores signals', 'rejects creation and runs whose signal has fired already, with the reason as cause', (backend) => ({
    createSession: (model, { signal: _signal, ...options }) => backend.createSession(model, options),
  })],
  ['ignores the manifest', 'refuses a model whose tensors are not those of its manifest with ModelError naming both', (backend) => ({
    createSession: (model, options) => backend.createSession({
      ...model,
      manifest: { ...model.manifest, tensors: { inputs: [picture('input')], outputs: [picture('output')] } },
    }, options),
  })],
  ['runs disposed sessions', 'refuses to run a disposed session with DisposedError', (backend) => withSession(backend, () => ({ dispose: async () => undefined }))],
];

it.each(broken)('notices a backend that %s', async (_fault, caught, breakIt) => {
  const cases = new Map<string, () => Promise<void>>();
  const register = Object.assign((name: string, body: () => Promise<void>) => cases.set(name, body), { skip: () => undefined });
  testBackend({
    name: 'broken', provider: 'cpu', runner: { describe: (_name, body) => body(), it: register },
    createBackend: () => {
      const backend = createNodeBackend();
      const { specificationVersion, id, defaultProviders, probe, createSession, dispose } = backend;
      return { specificationVersion, id, defaultProviders, probe, createSession, dispose, ...breakIt(backend) };
    },
  });
  const body = cases.get(caught);
  expect(body).toBeDefined();
  await expect(body?.()).rejects.toThrow();
});

it('refuses skips without a reason and of unknown cases', () => {
  const runner = { describe: (_name: string, body: () => void) => body(), it: Object.assign(() => undefined, { skip: () => undefined }) };
  const suite = { name: 'x', runner, createBackend: () => createNodeBackend() };
  expect(() => testBackend({ ...suite, skip: { 'describes itself': ' ' } })).toThrow(/why/);
  expect(() => testBackend({ ...suite, skip: { 'no such case': 'because' } })).toThrow(/no such case/);
});

function withSession(backend: Backend, change: (session: Session) => Partial<Session>): Partial<Backend> {
  return {
    async createSession(model, options): Promise<Session> {
      const session = await backend.createSession(model, options);
      return { ...session, ...change(session) };
    },
  };
}

function mapFloats(tensors: NamedTensors, change: (value: number) => number): NamedTensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [
    name, tensor.data instanceof Float32Array ? { ...tensor, data: tensor.data.map(change) } : tensor,
  ]));
}

function picture(name: string): { name: string; role: 'image'; layout: 'NCHW'; type: 'float32'; channels: 3 } {
  return { name, role: 'image', layout: 'NCHW', type: 'float32', channels: 3 };
}
