import { AbortedError } from '@deblur/core';
import { check, checkEqual, checkRejects } from '../../assertions.ts';
import { backendCase } from '../backend-case.ts';
import { checkTensors, makePicture, pick } from '../tensors.ts';
import { convolution, parameter } from '../fixtures/fixtures.ts';
import { inputsOf, outputsOf, toSessionModel } from '../backend-context.ts';
import type { BackendCase } from '../backend-case.ts';
import type { NamedTensors } from '@deblur/core';

function shifted(height: number, width: number, seed: number): { readonly inputs: NamedTensors; readonly outputs: NamedTensors } {
  const input = makePicture(height, width, seed);
  const shift = seed / 8;
  const output = { ...input, data: (input.data as Float32Array).map((value) => value + shift) };
  return { inputs: { input, sigma: { type: 'float32', dims: [1], data: Float32Array.of(shift) } }, outputs: { output } };
}

/** Many calls at once, and calls given up. */
export const concurrencyCases: readonly BackendCase[] = [
  backendCase('gives concurrent runs of one session each its own result', async ({ open, tolerance }) => {
    const session = await open(parameter);
    const calls = Array.from({ length: 8 }, (_, seed) => shifted(5 + seed, 3 + 2 * seed, seed));
    const results = await Promise.all(calls.map(({ inputs }) => session.run(inputs)));
    results.forEach((result, i) => checkTensors(result, calls[i]?.outputs ?? {}, tolerance));
  }),
  backendCase('runs two sessions at once', async ({ open, tolerance }) => {
    const [one, other] = await Promise.all([open(convolution), open(parameter)]);
    const results = await Promise.all([0, 1, 2].flatMap(() => [one.run(inputsOf(convolution)), other.run(inputsOf(parameter))]));
    results.forEach((result, i) => checkTensors(result, outputsOf(i % 2 === 0 ? convolution : parameter), tolerance));
  }),
  backendCase('rejects creation and runs whose signal has fired already, with the reason as cause', async ({ backend, provider, open }) => {
    const signal = AbortSignal.abort('not needed');
    const created = await checkRejects(backend.createSession(toSessionModel(convolution), { provider, signal }), 'aborted');
    checkEqual(created.name, 'AbortError', 'The name of the error');
    const ran = await checkRejects((await open(convolution)).run(inputsOf(convolution), { signal }), 'aborted');
    checkEqual(ran.cause, 'not needed', 'The cause of the error');
  }),
  backendCase('gives up creating a session when the signal fires, and creates the next one', async ({ backend, provider, open, tolerance }) => {
    const controller = new AbortController();
    const creating = backend.createSession(toSessionModel(convolution), { provider, signal: controller.signal });
    controller.abort();
    await checkRejects(creating, 'aborted');
    checkTensors(await (await open(convolution)).run(inputsOf(convolution)), outputsOf(convolution), tolerance);
  }),
  backendCase('gives up a run when the signal fires, and runs on', async ({ open, tolerance }) => {
    const session = await open(convolution);
    const controller = new AbortController();
    const running = session.run({ input: makePicture(512, 512) }, { signal: controller.signal });
    setTimeout(() => controller.abort(), 1);
    const outcome = await running.then(() => undefined, (error: unknown) => error);
    // A fast device may be done first; what must not happen is another error.
    check(outcome === undefined || AbortedError.isInstance(outcome), `Expected AbortedError, got ${String(outcome)}.`);
    checkTensors(await session.run(inputsOf(convolution)), outputsOf(convolution), tolerance);
  }),
  backendCase('drops an aborted call from the queue and serves the others', async ({ open, tolerance }) => {
    const session = await open(parameter);
    const controller = new AbortController();
    const calls = Array.from({ length: 4 }, (_, seed) => shifted(200, 200, seed));
    const results = calls.map(({ inputs }, i) => session.run(inputs, i === 2 ? { signal: controller.signal } : undefined));
    controller.abort();
    const settled = await Promise.allSettled(results);
    settled.forEach((outcome, i) => {
      if (i !== 2) checkEqual(outcome.status, 'fulfilled', `Call ${i}`);
      else check(outcome.status === 'rejected' && AbortedError.isInstance(outcome.reason), 'The aborted call was not rejected with AbortedError.');
      if (outcome.status === 'fulfilled') checkTensors(outcome.value, calls[i]?.outputs ?? {}, tolerance);
    });
  }),
  backendCase('ignores a signal that fires after the run', async ({ open, tolerance }) => {
    const session = await open(convolution);
    const controller = new AbortController();
    const result = await session.run(inputsOf(convolution), { signal: controller.signal });
    controller.abort();
    checkTensors(result, outputsOf(convolution), tolerance);
    check(pick(await session.run(inputsOf(convolution)), 'output').data.length > 0, 'The next run gave nothing.');
  }),
];
