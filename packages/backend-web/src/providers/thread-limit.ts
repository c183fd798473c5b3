/** Beyond this, the convolutions of restoration networks gain little and every thread costs memory. */
const mostThreads = 8;

/** How many threads wasm can use here, and what keeps it from using the processor's cores. */
export interface ThreadLimit {
  readonly threads: number;
  /** Why it is one thread though the processor has more cores. */
  readonly reason?: string;
}

/** Threads need shared memory, which browsers give to cross-origin isolated pages only. */
export function findThreadLimit(): ThreadLimit {
  const cores = Math.max(1, typeof navigator === 'undefined' ? 1 : navigator.hardwareConcurrency || 1);
  if (cores === 1 || globalThis.crossOriginIsolated) return { threads: Math.min(cores, mostThreads) };
  return {
    threads: 1,
    reason: `One of ${cores} processor threads is used, because the page is not cross-origin isolated. Serve it with the headers `
      + '"Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp" (or "credentialless").',
  };
}
