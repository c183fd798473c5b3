import type { Backend, ExecutionProvider } from '../runtime/backend.ts';

/** Providers to try: exactly the caller's, else those of the backend's defaults that its probe found usable. */
export async function chooseProviders(
  backend: Backend, wanted: ExecutionProvider | readonly ExecutionProvider[] | undefined,
): Promise<readonly ExecutionProvider[]> {
  if (wanted !== undefined && wanted !== 'auto') return typeof wanted === 'string' ? [wanted] : wanted;
  const statuses = await backend.probe();
  const usable = backend.defaultProviders.filter((provider) => statuses.some((s) => s.provider === provider && s.available));
  return usable.length > 0 ? usable : backend.defaultProviders;
}
