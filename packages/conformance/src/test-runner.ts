/** What a suite needs of a test runner. Vitest, Jest and node:test fit as they are: `{ describe, it }`. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: {
    (name: string, body: () => Promise<void>): unknown;
    readonly skip: (name: string, body: () => Promise<void>) => unknown;
  };
}

/** One check of a suite. */
export interface ConformanceCase<Context> {
  readonly name: string;
  run(context: Context): Promise<void>;
}

/**
 * Registers the cases of a suite with a runner.
 *
 * @param skip reasons by case name; a name no case has, or an empty reason, fails at once
 */
export function registerCases<Context>(
  runner: TestRunner, title: string, cases: readonly ConformanceCase<Context>[], skip: Readonly<Record<string, string>>,
  withContext: (body: (context: Context) => Promise<void>) => Promise<void>,
): void {
  for (const [name, reason] of Object.entries(skip)) {
    if (!cases.some((candidate) => candidate.name === name)) throw new Error(`There is no case "${name}" to skip. Cases: ${cases.map((known) => known.name).join('; ')}.`);
    if (reason.trim() === '') throw new Error(`Say why the case "${name}" is skipped.`);
  }
  runner.describe(title, () => {
    for (const { name, run } of cases) {
      const body = (): Promise<void> => withContext(run);
      if (skip[name] === undefined) runner.it(name, body);
      else runner.it.skip(`${name} (skipped: ${skip[name]})`, body);
    }
  });
}
