import { InvalidArgumentError } from '../errors/index.ts';

/** A fault of a graph. */
export interface GraphIssue {
  /** JSON pointer into the manifest, e.g. `/pre/2/mean`. */
  readonly pointer: string;
  /** What is wrong there and what to do. */
  readonly message: string;
}

/** @throws InvalidArgumentError naming every issue, if there is one; `details.issues` lists them */
export function throwIssues(issues: readonly GraphIssue[]): void {
  if (issues.length === 0) return;
  const text = issues.map(({ pointer, message }) => `${pointer}: ${message}`).join(' ');
  throw new InvalidArgumentError(`The graph cannot be compiled. ${text}`, { details: { issues } });
}
