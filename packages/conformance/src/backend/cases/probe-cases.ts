import { check, checkEqual } from '../../assertions.ts';
import { backendCase } from '../backend-case.ts';
import type { BackendCase } from '../backend-case.ts';

/** What a backend says of itself and its providers. */
export const probeCases: readonly BackendCase[] = [
  backendCase('describes itself', async ({ backend }) => {
    checkEqual(backend.specificationVersion, 1, 'specificationVersion');
    check(/^[a-z][a-z0-9-]*$/.test(backend.id), `The id "${backend.id}" is not a short kebab-case name.`);
    check(backend.defaultProviders.length > 0, 'There is no default provider.');
  }),
  backendCase('probes every provider: available, or the reason why not', async ({ backend, provider }) => {
    const statuses = await backend.probe();
    const names = statuses.map((status) => status.provider);
    checkEqual(new Set(names).size, names.length, 'The number of different providers');
    for (const status of statuses) {
      checkEqual(typeof status.available, 'boolean', `available of ${status.provider}`);
      if (!status.available) check((status.reason ?? '').length > 10, `${status.provider} is not available and gives no reason.`);
    }
    for (const name of backend.defaultProviders) check(names.includes(name), `The default provider ${name} is not probed.`);
    const tested = statuses.find((status) => status.provider === provider);
    check(tested?.available, `The provider under test, ${provider}, is not available: ${tested?.reason}`);
  }),
  backendCase('gives concurrent and later probes one answer', async ({ backend }) => {
    const [first, second] = await Promise.all([backend.probe(), backend.probe()]);
    const third = await backend.probe();
    checkEqual(JSON.stringify(second), JSON.stringify(first), 'The concurrent answer');
    checkEqual(JSON.stringify(third), JSON.stringify(first), 'The later answer');
  }),
];
