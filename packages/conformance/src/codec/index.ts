export { testCodec } from './test-codec.ts';
export type { CodecSuiteOptions } from './test-codec.ts';
