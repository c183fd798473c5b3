/** Keeps the page for visits without a network, where the browser can; only once it is built. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register('./service-worker.js').catch(() => undefined);
}

/** Also keeps the part of onnxruntime that networks took on a provider. */
export async function keepRuntime(provider: string): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (): void => {
    port1.close();
    document.documentElement.dataset['kept'] = provider;
  };
  active?.postMessage({ keep: provider, tell: port2 }, [port2]);
}
