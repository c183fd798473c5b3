// Runner
export type { TestRunner } from './test-runner.ts';

// Backends
export { testBackend } from './backend/index.ts';
export type { BackendSuiteOptions } from './backend/index.ts';

// Codecs
export { testCodec } from './codec/index.ts';
export type { CodecSuiteOptions } from './codec/index.ts';
