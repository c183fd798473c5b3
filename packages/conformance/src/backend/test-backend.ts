import { concurrencyCases } from './cases/concurrency-cases.ts';
import { creationCases } from './cases/creation-cases.ts';
import { disposalCases } from './cases/disposal-cases.ts';
import { faultCases } from './cases/fault-cases.ts';
import { probeCases } from './cases/probe-cases.ts';
import { registerCases } from '../test-runner.ts';
import { resultCases } from './cases/result-cases.ts';
import { toSessionModel } from './backend-context.ts';
import type { Backend, ExecutionProvider } from '@deblur/core';
import type { BackendCase } from './backend-case.ts';
import type { TestRunner } from '../test-runner.ts';

/** How the backend suite is run. */
export interface BackendSuiteOptions {
  /** Title of the suite. */
  readonly name: string;
  /** Makes a fresh backend; called once for every case, and the backend is disposed after it. */
  readonly createBackend: () => Backend | Promise<Backend>;
  /** The provider to test; it must be available. Default: the backend's last default provider, which works everywhere. */
  readonly provider?: ExecutionProvider;
  /** `{ describe, it }` of the test runner. */
  readonly runner: TestRunner;
  /** Largest absolute difference of a float32 result to its reference; default 1e-5. */
  readonly tolerance?: number;
  /** Cases the backend cannot pass, by name, each with the reason, which is printed. */
  readonly skip?: Readonly<Record<string, string>>;
}

const cases: readonly BackendCase[] = [
  ...probeCases, ...creationCases, ...resultCases, ...faultCases, ...concurrencyCases, ...disposalCases,
];

/**
 * Tests that a backend keeps the contract of `Backend` and `Session`: probing, creation, results against NumPy's,
 * typed errors, concurrency, aborts and disposal. The models are a few hundred bytes each and part of this package,
 * so the suite runs in Node and in browsers.
 *
 * @example
 * ```ts
 * import { describe, it } from 'vitest';
 * testBackend({ name: 'my backend', createBackend: () => createMyBackend(), runner: { describe, it } });
 * ```
 * @throws Error for a skip without a reason or of an unknown case
 */
export function testBackend({ name, createBackend, provider, runner, tolerance = 1e-5, skip = {} }: BackendSuiteOptions): void {
  registerCases(runner, name, cases, skip, async (body) => {
    const backend = await createBackend();
    const tested = provider ?? backend.defaultProviders.at(-1) ?? 'cpu';
    try {
      await body({
        backend, tolerance, provider: tested,
        open: (fixture) => backend.createSession(toSessionModel(fixture), { provider: tested }),
      });
    } finally {
      await backend.dispose();
    }
  });
}
