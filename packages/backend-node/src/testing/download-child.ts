import { createFileAccess } from '../files/file-access.ts';

// Reads one model file as a process of its own and prints its length, for tests of processes that share a cache.
const [url, bytes, sha256, cache] = process.argv.slice(2) as [string, string, string, string];
const content = await createFileAccess({ cache }).read(new URL(url), { expected: { bytes: Number(bytes), sha256 } });
process.stdout.write(String(content.length));
