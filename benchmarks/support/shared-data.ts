import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Path of a file of the shared data beside the repository; says how to get it where it is absent. */
export function sharedData(path: string): string {
  const found = fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
  if (!existsSync(found)) throw new Error(`${path} is not in ../shared/data beside the repository; this benchmark needs it.`);
  return found;
}
