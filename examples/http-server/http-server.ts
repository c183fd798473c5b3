/**
 * Restores pictures over HTTP: `POST /restore` takes an upload and answers with progress and, at the end, where the result lies.
 * Settings are taken from the environment; see README.md.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createDeblur } from '@deblur/core';
import { nodeBackend } from '@deblur/backend-node';
import { builtinModels } from '@deblur/models';
import { sharpCodec } from '@deblur/plugin-sharp';
import { createServer } from './server.ts';

const setting = (name: string, fallback: number): number => Number(process.env[name] ?? fallback);
const folder = process.env['RESULTS'] ?? join(import.meta.dirname, 'output');
mkdirSync(folder, { recursive: true });

const deblur = createDeblur({ plugins: [nodeBackend(), sharpCodec(), builtinModels()] });
const server = await createServer({
  deblur, folder,
  keepMs: setting('KEEP_MS', 3_600_000),
  limits: { bytes: setting('MAXIMUM_BYTES', 32 * 2 ** 20), pixels: setting('MAXIMUM_PIXELS', 25_000_000) },
  running: setting('RUNNING', 1),
  waiting: setting('WAITING', 4),
  graceMs: setting('GRACE_MS', 20_000),
});

async function stop(): Promise<void> {
  await server.close();
  await deblur.dispose();
}
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());

console.log(`Listening on ${await server.listen({ port: setting('PORT', 3000), host: process.env['HOST'] ?? '127.0.0.1' })}`);
