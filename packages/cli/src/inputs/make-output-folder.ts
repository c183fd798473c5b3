import { mkdir } from 'node:fs/promises';

/** Makes the folder that `target` names, if results go into it under their own names. */
export async function makeOutputFolder(jobs: readonly { readonly output: string }[], target: string | undefined): Promise<void> {
  if (target !== undefined && jobs.some(({ output }) => output !== target)) await mkdir(target, { recursive: true });
}
