import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from 'vite';
import { chromium } from 'playwright';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright';
import type { Server } from 'node:http';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const cores = availableParallelism();
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

describe.skipIf(!existsSync(executablePath))('a page built by Vite without configuration (skipped where Chromium is missing)', () => {
  let folder: string;
  let server: Server;
  let browser: Browser;
  let page: Page;
  let isolating = false;
  let modelsOffline = false;
  const requested: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deblur-page-'));
    await build({
      root: fileURLToPath(new URL('./testing/page', import.meta.url)), configFile: false, logLevel: 'error',
      // Only so that the packages need not be built before they are tested.
      resolve: { conditions: ['@deblur/source', 'module', 'browser', 'development|production'] },
      build: { outDir: folder, emptyOutDir: true },
    });
    server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      requested.push(path);
      if (modelsOffline && /\.(onnx|u8|f32)$/.test(path)) {
        request.destroy();
        return;
      }
      const file = path === '/' ? 'index.html' : path;
      readFile(join(folder, file)).then((content) => {
        const isolation = isolating ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } : {};
        response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', ...isolation });
        response.end(content);
      }, () => response.writeHead(404).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'] });
    page = await browser.newPage();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function visit(): Promise<unknown> {
    requested.length = 0;
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('globalThis.result !== undefined', undefined, { timeout: 100_000 });
    return page.evaluate('globalThis.result');
  }

  it('restores with one thread and a warning where the page is not cross-origin isolated', async () => {
    expect(await visit()).toEqual({
      isolated: false, provider: 'wasm', warnings: cores > 1 ? ['threads-limited'] : [],
      samples: 48 * 40 * 3, wasm: expect.stringMatching(/^processor, 1 thread(\. One of \d+ processor threads is used|$)/),
    });
    expect(requested.filter((path) => path.endsWith('.wasm'))).toHaveLength(1);
    expect(requested.some((path) => path.endsWith('.onnx'))).toBe(true);
    expect(requested.some((path) => path.includes('webgpu') || path.includes('asyncify'))).toBe(false);
  }, 120_000);

  it('needs no network for the model at the second visit', async () => {
    modelsOffline = true;
    expect(await visit()).toMatchObject({ provider: 'wasm', samples: 48 * 40 * 3 });
    expect(requested.some((path) => /\.(onnx|u8|f32)$/.test(path))).toBe(false);
  }, 120_000);

  it('uses the processor\'s threads, without a warning, where the page is cross-origin isolated', async () => {
    isolating = true;
    expect(await visit()).toMatchObject({ isolated: true, provider: 'wasm', warnings: [], samples: 48 * 40 * 3 });
    // Threads are started from the worker's own script.
    expect(requested.filter((path) => /wasm.*\.js$/.test(path)).length).toBeGreaterThan(cores > 1 ? 1 : 0);
  }, 120_000);
});
