import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import type { Browser } from 'playwright';
import { build } from 'vite';

/** The built playground on a server of its own, and a browser to visit it. */
export interface PlaygroundSite {
  /** Not the root of the site, since the page works under any path. */
  readonly url: string;
  readonly browser: Browser;
  /** Whether the headers for cross-origin isolation are sent. Default true. */
  isolated: boolean;
  /** Whether the server answers. Default true. */
  up: boolean;
  /** Paths that were asked for. */
  readonly requested: string[];
  close(): Promise<void>;
}

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.css': 'text/css', '.png': 'image/png',
};
const prefix = '/some/where/';

/** Whether there is a browser to visit with. */
export const hasChromium: boolean = existsSync(executablePath);

/** Builds the playground into a temporary folder, serves it and starts Chromium. */
export async function openPlaygroundSite(): Promise<PlaygroundSite> {
  const folder = await mkdtemp(join(tmpdir(), 'deblur-playground-'));
  // Test runners set another, and the page would be built as if for development.
  const environment = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await build({
    configFile: fileURLToPath(new URL('./vite.config.ts', import.meta.url)), logLevel: 'error', build: { outDir: folder, emptyOutDir: true },
  });
  process.env['NODE_ENV'] = environment;
  const requested: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    requested.push(path);
    if (!site.up) {
      request.destroy();
      return;
    }
    const file = path === prefix ? 'index.html' : path.slice(prefix.length);
    const isolation = site.isolated ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } : {};
    readFile(join(folder, file)).then((content) => {
      response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', ...isolation });
      response.end(content);
    }, () => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath, args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
  });
  const site: PlaygroundSite = {
    url: `http://localhost:${(server.address() as AddressInfo).port}${prefix}`, browser, isolated: true, up: true, requested,
    async close(): Promise<void> {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return site;
}
