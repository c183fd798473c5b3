import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import type { AddressInfo } from 'node:net';

const types: Record<string, string> = {
  '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json', '.png': 'image/png',
};

/** Pages served from this machine, with what was sent of each. */
export interface PeerSite {
  readonly origin: string;
  /** Bytes sent since the last call. */
  takeBytes(): number;
  close(): Promise<void>;
}

/** Installs a peer of `benchmarks/peers` outside the workspaces, once. @returns its folder, with `node_modules` */
export async function installPeer(name: string): Promise<string> {
  const folder = fileURLToPath(new URL(`../../node_modules/.cache/deblur-peers/${name}/`, import.meta.url));
  if (existsSync(join(folder, 'node_modules'))) return folder;
  await mkdir(folder, { recursive: true });
  await copyFile(fileURLToPath(new URL(`../peers/${name}/package.json`, import.meta.url)), join(folder, 'package.json'));
  await promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], { cwd: folder });
  return folder;
}

/**
 * Builds the pages of a peer with Vite and serves them, cross-origin isolated.
 * @param files further files, by path or by the start of a path that ends in a slash
 */
export async function serveComparison(name: string, peer: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<PeerSite> {
  const root = fileURLToPath(new URL(`../peers/${name}`, import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), 'deblur-peer-'));
  await build({
    root, configFile: false, logLevel: 'error',
    resolve: { conditions: ['@deblur/source', 'module', 'browser', 'development|production'] },
    plugins: [{
      name: 'peer-packages', enforce: 'pre',
      resolveId(id, importer) {
        const bare = /^[@a-z]/.test(id) && !id.startsWith('@deblur/') && importer !== undefined && importer.startsWith(root);
        return bare ? this.resolve(id, join(peer, 'index.js'), { skipSelf: true }) : undefined;
      },
    }],
    // The threads of the peer's wasm backend are started from the text of a function, which breaks once it is minified.
    build: { outDir: folder, emptyOutDir: true, minify: false, rolldownOptions: { input: [join(root, 'theirs.html'), join(root, 'ours.html')] } },
  });
  let bytes = 0;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const mount = Object.keys(files).find((start) => start === path || (start.endsWith('/') && path.startsWith(start)));
    const found = mount === undefined ? join(folder, path) : files[mount]!;
    const content = typeof found === 'string' ? readFile(mount?.endsWith('/') ? join(found, path.slice(mount.length)) : found) : Promise.resolve(found);
    content.then((body) => {
      bytes += body.length;
      response.writeHead(200, {
        'Content-Type': types[extname(path)] ?? 'application/octet-stream',
        'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp',
      }).end(body);
    }, () => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    takeBytes() {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
