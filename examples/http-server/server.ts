import { randomUUID } from 'node:crypto';
import { createReadStream, globSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import multipart from '@fastify/multipart';
import fastify from 'fastify';
import type { Deblur } from '@deblur/core';
import type { FastifyInstance } from 'fastify';
import { toHttpError } from './http-error.ts';
import { createJobQueue } from './job-queue.ts';
import { readChoices, restore } from './restoration.ts';

export interface ServerOptions {
  readonly deblur: Deblur;
  /** Where results are kept, for `keepMs`. */
  readonly folder: string;
  readonly keepMs: number;
  /** Largest upload and picture. At most `running + waiting` uploads are in memory at once. */
  readonly limits: { readonly bytes: number; readonly pixels: number };
  /** Pictures restored at the same time, and waiting for it. */
  readonly running: number;
  readonly waiting: number;
  /** Time that work has to finish once the server is closed. */
  readonly graceMs: number;
}

/** Formats that results are written in; other pictures come back as PNG. */
const formats: Readonly<Record<string, string>> = { jpeg: 'jpg', png: 'png', webp: 'webp' };
const contentTypes: Readonly<Record<string, string>> = { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp' };

export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { deblur, folder, keepMs, limits, running, waiting, graceMs } = options;
  const queue = createJobQueue({ running, waiting });
  const stop = new AbortController();
  let closing = false;
  const server = fastify({ logger: false, forceCloseConnections: 'idle' });
  await server.register(multipart, { limits: { files: 1, fileSize: limits.bytes } });

  server.setErrorHandler((error, _request, reply) => {
    const failure = toHttpError(error);
    if (failure.status >= 500) console.error(error);
    return reply.code(failure.status).send({ error: failure });
  });

  server.get('/health', () => ({ running: queue.running, waiting: queue.waiting }));

  server.post<{ Querystring: { method?: string; psf?: string } }>('/restore', async (request, reply) => {
    if (closing) return reply.code(503).header('retry-after', '10').send({ error: { status: 503, code: 'closing', message: 'The server is being stopped.' } });
    const place = queue.enter();
    if (!place) {
      // The upload is not read. Closing the connection keeps the client from sending the rest of it.
      return reply.code(429).header('retry-after', '5').header('connection', 'close').send({ error: { status: 429, code: 'busy', message: 'Too many pictures are waiting. Try again later.' } });
    }
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort(new Error('The client went away.')));
    try {
      const choices = readChoices(request.query);
      const file = await request.file();
      if (!file) return await reply.code(400).send({ error: { status: 400, code: 'no-picture', message: 'Send a picture as multipart/form-data.' } });
      const picture = await file.toBuffer();
      const { format } = await deblur.probe(picture, { limits });
      await removeOldResults(folder, keepMs);
      const events = restore({
        deblur, picture, choices, limits, folder, place, id: randomUUID(), format: formats[format] ?? 'png', signal: AbortSignal.any([gone.signal, stop.signal]),
      });
      // Kept alive, the connection could outlast the server's end, which only closes those that are idle at that moment.
      return await reply.header('connection', 'close').type('application/x-ndjson').send(Readable.from(toLines(events)));
    } catch (error) {
      place.leave();
      throw error;
    } finally {
      // A stream that was never read does not give its place back.
      reply.raw.once('close', () => place.leave());
      if (reply.raw.closed) place.leave();
    }
  });

  server.get<{ Params: { name: string } }>('/results/:name', async ({ params: { name } }, reply) => {
    const [, extension] = /^[0-9a-f-]{36}\.(jpg|png|webp)$/.exec(name) ?? [];
    const path = join(folder, name);
    if (!extension || !statSync(path, { throwIfNoEntry: false })) return reply.code(404).send({ error: { status: 404, code: 'no-result', message: 'There is no such result.' } });
    return reply.type(contentTypes[extension]!).send(createReadStream(path));
  });

  server.addHook('preClose', async () => {
    closing = true;
    await Promise.race([queue.drained(), sleep(graceMs, undefined, { ref: false })]);
    stop.abort(new Error('The server is being stopped.'));
    await queue.drained();
  });
  return server;
}

async function* toLines(events: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}

async function removeOldResults(folder: string, keepMs: number): Promise<void> {
  const old = globSync('*.{jpg,png,webp}', { cwd: folder }).map((name) => join(folder, name))
    .filter((path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < Date.now() - keepMs);
  await Promise.all(old.map((path) => rm(path, { force: true })));
}
