import { checkEqual, checkRejects } from '../../assertions.ts';
import { backendCase } from '../backend-case.ts';
import { checkTensors } from '../tensors.ts';
import { convolution, identity } from '../fixtures/fixtures.ts';
import { inputsOf, outputsOf, toSessionModel } from '../backend-context.ts';
import type { BackendCase } from '../backend-case.ts';

/** The end of sessions and backends. */
export const disposalCases: readonly BackendCase[] = [
  backendCase('disposes a session twice, also at once', async ({ open }) => {
    const session = await open(convolution);
    await Promise.all([session.dispose(), session.dispose()]);
    await session.dispose();
  }),
  backendCase('refuses to run a disposed session with DisposedError', async ({ open }) => {
    const session = await open(convolution);
    const disposing = session.dispose();
    await checkRejects(session.run(inputsOf(convolution)), 'disposed');
    await disposing;
    await checkRejects(session.run(inputsOf(convolution)), 'disposed');
  }),
  backendCase('waits for a running call before it disposes a session', async ({ open, tolerance }) => {
    const session = await open(convolution);
    const ended: string[] = [];
    const running = session.run(inputsOf(convolution)).finally(() => ended.push('run'));
    const disposing = session.dispose().finally(() => ended.push('dispose'));
    checkTensors(await running, outputsOf(convolution), tolerance);
    await disposing;
    checkEqual(ended.join(), 'run,dispose', 'The order of ends');
  }),
  backendCase('keeps other sessions when one is disposed', async ({ open, tolerance }) => {
    const [one, other] = await Promise.all([open(convolution), open(convolution)]);
    await one.dispose();
    checkTensors(await other.run(inputsOf(convolution)), outputsOf(convolution), tolerance);
  }),
  backendCase('creates and disposes sessions over and over', async ({ open, tolerance }) => {
    for (let round = 0; round < 5; round++) {
      const session = await open(convolution);
      checkTensors(await session.run(inputsOf(convolution)), outputsOf(convolution), tolerance);
      await session.dispose();
    }
  }),
  backendCase('disposes a backend twice and with it every session', async ({ backend, provider, open }) => {
    const sessions = await Promise.all([open(convolution), open(identity)]);
    await Promise.all([backend.dispose(), backend.dispose()]);
    await backend.dispose();
    for (const session of sessions) {
      await checkRejects(session.run(inputsOf(convolution)), 'disposed');
      await session.dispose();
    }
    await checkRejects(backend.createSession(toSessionModel(identity), { provider }), 'disposed');
  }),
  backendCase('disposes a backend nothing was asked of, and one that is creating a session', async ({ backend, provider }) => {
    const creating = backend.createSession(toSessionModel(identity), { provider }).then(() => 'created', (error: { code?: string }) => error.code);
    await backend.dispose();
    const outcome = await creating;
    checkEqual(outcome === 'created' || outcome === 'disposed', true, `That creation ended with "${outcome}"; "created" or "disposed" is right: it`);
  }),
];
