import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { chromium } from 'playwright';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

/** A page of the repository in Chromium. */
export interface OpenedPage {
  readonly page: Page;
  /** Chromium's version. */
  readonly version: string;
  close(): Promise<void>;
}

/**
 * Builds the page of benchmarks, serves it cross-origin isolated from this process and opens it in Chromium (`CHROMIUM_PATH`, default
 * /usr/bin/chromium) with WebGPU allowed; `HEADED=1` opens a window, which real GPUs may need.
 */
export async function openBenchmarkPage(): Promise<OpenedPage> {
  const folder = await mkdtemp(join(tmpdir(), 'deblur-bench-page-'));
  await build({
    root: fileURLToPath(new URL('../../packages/backend-web/src/testing/benchmark-page', import.meta.url)), configFile: false, logLevel: 'error',
    resolve: { conditions: ['@deblur/source', 'module', 'browser', 'development|production'] },
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'es2023' },
  });
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    readFile(join(folder, path === '/' ? 'index.html' : path)).then((content) => {
      response.writeHead(200, {
        'Content-Type': types[extname(path === '/' ? '.html' : path)] ?? 'text/html',
        'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp',
      });
      response.end(content);
    }, () => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', headless: !process.env['HEADED'],
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--disable-background-networking', '--disable-component-update'],
  });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    version: browser.version(),
    async close(): Promise<void> {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
