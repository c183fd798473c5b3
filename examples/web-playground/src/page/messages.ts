import { AbortedError } from '@deblur/core';
import { element } from './element.ts';

const status = element('status', HTMLParagraphElement);
const problem = element('problem', HTMLParagraphElement);

/** Says what has happened, also to screen readers. */
export function say(text: string): void {
  problem.textContent = '';
  status.textContent = text;
}

/** Says what went wrong; what the user cancelled did not. */
export function sayProblem(error: unknown): void {
  if (AbortedError.isInstance(error)) {
    say('Cancelled.');
    return;
  }
  status.textContent = '';
  problem.textContent = error instanceof Error ? error.message : String(error);
}
