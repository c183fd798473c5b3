// Runner
export type { TestRunner } from './test-runner.ts';

// Backends
export { testBackend } from './backend/index.ts';
export type { BackendSuiteOptions } from './backend/index.ts';
