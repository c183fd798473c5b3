import type { BackendContext } from './backend-context.ts';
import type { ConformanceCase } from '../test-runner.ts';

/** One check of the backend suite. */
export type BackendCase = ConformanceCase<BackendContext>;

/** Makes a case of the backend suite. */
export function backendCase(name: string, run: (context: BackendContext) => Promise<void>): BackendCase {
  return { name, run };
}
