export { testBackend } from './test-backend.ts';
export type { BackendSuiteOptions } from './test-backend.ts';
