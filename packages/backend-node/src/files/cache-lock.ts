import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, stat, unlink, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

const heartbeatMs = 2000;
const pollMs = 100;

/**
 * Does work that one process (or call) at a time may do, guarded by a lock file that exists for as long. A lock whose process has
 * ended, or that was not renewed for so long, is taken over.
 *
 * @param path the lock file; its folder must exist
 * @param staleMs milliseconds; default 15 000
 * @throws the signal's reason when it fires while waiting, and errors of the file system
 */
export async function withCacheLock<Result>(
  path: string, signal: AbortSignal | undefined, work: () => Promise<Result>, staleMs = 15_000,
): Promise<Result> {
  const content = JSON.stringify({ host: hostname(), process: process.pid, id: randomUUID() });
  await acquire(path, content, staleMs, signal);
  const heartbeat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if (await readOrUndefined(path) === content) await unlink(path).catch(() => undefined);
  }
}

async function acquire(path: string, content: string, staleMs: number, signal: AbortSignal | undefined): Promise<void> {
  let seen = { mark: '', since: performance.now() };
  while (!await create(path, content)) {
    signal?.throwIfAborted();
    const holder = await readOrUndefined(path);
    const changedAt = await stat(path).then(({ mtimeMs }) => mtimeMs, () => undefined);
    if (holder === undefined || changedAt === undefined) continue;
    // Whether it is renewed is judged by this process's clock, as that of a network drive may differ.
    const mark = `${holder} ${changedAt}`;
    if (mark !== seen.mark) seen = { mark, since: performance.now() };
    if (hasEnded(holder) || performance.now() - seen.since > staleMs) await takeAway(path, holder);
    else await wait(pollMs, undefined, { signal });
  }
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(content).finally(() => file.close());
    return true;
  } catch (error) {
    // Windows reports a file that is being deleted so.
    if (['EEXIST', ...(process.platform === 'win32' ? ['EPERM', 'EBUSY'] : [])].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

function hasEnded(holder: string): boolean {
  try {
    const { host, process: id } = JSON.parse(holder) as { host?: unknown; process?: unknown };
    if (host !== hostname() || typeof id !== 'number') return false;
    process.kill(id, 0);
    return false;
  } catch (error) {
    // Not yet written whole: neither ended nor known.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Removes a dead lock; if another process was quicker and this took its fresh one, it is put back. */
async function takeAway(path: string, holder: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if (await readOrUndefined(aside) !== holder) await link(aside, path).catch(() => undefined);
    await unlink(aside);
  } catch {
    // Gone already.
  }
}

async function readOrUndefined(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
