import type { CodecContext } from './codec-context.ts';
import type { ConformanceCase } from '../test-runner.ts';

/** One check of the codec suite. */
export type CodecCase = ConformanceCase<CodecContext>;

/** Makes a case of the codec suite. */
export function codecCase(name: string, run: (context: CodecContext) => Promise<void>): CodecCase {
  return { name, run };
}
