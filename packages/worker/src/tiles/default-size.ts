const most = 8;

interface Scope {
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly process?: { getBuiltinModule?(name: string): { availableParallelism?(): number } | undefined };
}

/** One worker less than the processor has threads, so that one stays for the page; at least 1, at most 8. */
export function defaultSize(): number {
  const { navigator, process } = globalThis as Scope;
  const threads = navigator?.hardwareConcurrency ?? process?.getBuiltinModule?.('node:os')?.availableParallelism?.() ?? 1;
  return Math.min(most, Math.max(1, threads - 1));
}
