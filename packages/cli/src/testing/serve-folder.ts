import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';

/** A local HTTP server of the files of a folder. */
export interface FolderServer {
  readonly url: string;
  /** Paths asked for so far. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Starts a server on a free port of this machine. */
export async function serveFolder(folder: string): Promise<FolderServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    const path = join(folder, request.url!);
    stat(path).then(
      ({ size }) => createReadStream(path).pipe(response.writeHead(200, { 'Content-Length': size })),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
