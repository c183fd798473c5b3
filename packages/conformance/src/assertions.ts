import { DeblurError } from '@deblur/core';

/** Fails with a message unless the condition holds. */
export function check(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Fails unless the texts are equal. */
export function checkEqual<T>(actual: T, expected: T, what: string): void {
  check(Object.is(actual, expected), `${what} is ${String(actual)}, expected ${String(expected)}.`);
}

/**
 * Fails unless the work is rejected with a typed error of the given code whose message names every one of `naming`.
 *
 * @returns the error
 */
export async function checkRejects(work: Promise<unknown>, code: string, ...naming: readonly string[]): Promise<DeblurError> {
  const error = await work.then(() => undefined, (reason: unknown) => reason ?? new Error(`Rejected with ${String(reason)}.`));
  check(error !== undefined, `Expected an error with code ${code}, but the call succeeded.`);
  check(DeblurError.isInstance(error), `Expected an error with code ${code}, got ${String(error)}.`);
  checkEqual(error.code, code, `The code of "${error.message}"`);
  for (const name of naming) check(error.message.includes(name), `The message does not name ${name}: "${error.message}"`);
  return error;
}
