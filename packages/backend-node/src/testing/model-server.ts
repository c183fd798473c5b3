import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the server treats one request. Absent members: it behaves. */
export interface Behaviour {
  /** Answer with this status and no file. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Send so many bytes of the answer, then cut the connection. */
  readonly breakAfter?: number;
  /** Send so many bytes of the answer, then nothing more. */
  readonly stallAfter?: number;
  /** The file from now on. */
  readonly file?: Uint8Array;
  /** Ignore `Range`, or the `If-Range` that guards it, or send another part than the one asked for. */
  readonly range?: 'ignored' | 'unguarded' | 'shifted';
  /** Milliseconds between pieces of 16 kB. */
  readonly pieceMs?: number;
}

/** A local HTTP server of one file under every path. */
export interface ModelServer {
  readonly url: URL;
  /** `Range` of each request so far, or null. */
  readonly ranges: (string | null)[];
  /** The next requests are treated so, one each; after that it behaves. */
  next(...behaviours: readonly Behaviour[]): void;
  close(): Promise<void>;
}

/** Starts a server on a free port of this machine. */
export async function startModelServer(file: Uint8Array): Promise<ModelServer> {
  let current = file;
  let version = 1;
  const queue: Behaviour[] = [];
  const ranges: (string | null)[] = [];
  const sockets = new Set<{ destroy(): unknown }>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const behaviour = queue.shift() ?? {};
    const range = request.headers.range ?? null;
    ranges.push(range);
    if (behaviour.file) {
      current = behaviour.file;
      version++;
    }
    if (behaviour.status !== undefined) {
      response.writeHead(behaviour.status, { ...behaviour.headers }).end('no file here');
      return;
    }
    const tag = `"v${version}"`;
    const guard = request.headers['if-range'];
    const isAllowed = behaviour.range !== 'ignored' && (guard === undefined || guard === tag || behaviour.range === 'unguarded');
    let start = isAllowed && range ? Number(/\d+/.exec(range)?.[0]) : 0;
    if (start >= current.length && start > 0) {
      response.writeHead(416, { 'Content-Range': `bytes */${current.length}` }).end();
      return;
    }
    if (behaviour.range === 'shifted') start = Math.max(1, start - 7);
    const headers: Record<string, string | number> = { ETag: tag, 'Accept-Ranges': 'bytes', 'Content-Length': current.length - start, ...behaviour.headers };
    if (start > 0) headers['Content-Range'] = `bytes ${start}-${current.length - 1}/${current.length}`;
    response.writeHead(start > 0 ? 206 : 200, headers);
    const body = current.subarray(start);
    const limit = behaviour.breakAfter ?? behaviour.stallAfter ?? body.length;
    for (let at = 0; at < limit; at += 16_384) {
      response.write(body.subarray(at, Math.min(limit, at + 16_384)));
      if (behaviour.pieceMs !== undefined) await new Promise((resolve) => setTimeout(resolve, behaviour.pieceMs));
    }
    if (behaviour.breakAfter !== undefined) setTimeout(() => request.socket.destroy(), 20);
    else if (behaviour.stallAfter === undefined) response.end();
  }

  const server = createServer((request, response) => void answer(request, response));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/net.onnx`),
    ranges,
    next: (...behaviours) => void queue.push(...behaviours),
    close: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    }),
  };
}
