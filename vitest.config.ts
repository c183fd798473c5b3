import { existsSync, globSync, readdirSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

const source = '@deblur/source';
const browserTests = 'packages/*/src/**/*.browser.test.{ts,tsx}';

function nodeProject(name: string, folder: string, groupOrder = 0): TestProjectConfiguration {
  return {
    ssr: { resolve: { conditions: [source, 'module', 'node', 'development|production'] } },
    test: {
      name,
      environment: 'node',
      pool: 'forks',
      execArgv: [`--conditions=${source}`],
      include: [`${folder}/**/*.test.ts`],
      exclude: ['**/node_modules/**', '**/dist/**', '**/*.browser.test.ts'],
      testTimeout: 60_000,
      hookTimeout: 60_000,
      sequence: { groupOrder },
    },
  };
}

function chromiumProject(executablePath: string): TestProjectConfiguration {
  return {
    resolve: { conditions: [source, 'module', 'browser', 'development|production'] },
    assetsInclude: ['**/*.onnx'],
    optimizeDeps: { exclude: ['onnxruntime-web'] },
    server: { headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } },
    test: {
      name: 'chromium',
      include: [browserTests],
      setupFiles: [`${import.meta.dirname}/scripts/abbreviate-arrays.ts`],
      testTimeout: 60_000,
      // After all others and one file after another: some tests watch how long a page stands still.
      sequence: { groupOrder: 1 },
      fileParallelism: false,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        // The browser starts beside all other tests, on two cores in CI.
        connectTimeout: 180_000,
        instances: [{ browser: 'chromium' }],
        provider: playwright({
          launchOptions: {
            executablePath,
            args: [
              '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
              '--disable-sync', '--enable-unsafe-webgpu',
            ],
          },
        }),
      },
    },
  };
}

function browserProjects(): TestProjectConfiguration[] {
  if (globSync(browserTests, { cwd: import.meta.dirname }).length === 0) return [];
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  if (existsSync(executablePath)) return [chromiumProject(executablePath)];
  const remedy = `Chromium is not at ${executablePath}: run "apt-get install chromium" or set CHROMIUM_PATH`;
  if (process.env['REQUIRE_CHROMIUM']) throw new Error(remedy);
  console.warn(`Browser tests are left out. ${remedy}.`);
  return [];
}

const packages = readdirSync(`${import.meta.dirname}/packages`);
const examples = existsSync(`${import.meta.dirname}/examples`) ? readdirSync(`${import.meta.dirname}/examples`) : [];

export default defineConfig({
  test: {
    passWithNoTests: true,
    maxWorkers: 2,
    coverage: { include: ['packages/*/src/**/*.ts'], exclude: ['**/*.test.ts'] },
    projects: [
      ...packages.map((name) => nodeProject(name, `packages/${name}`)),
      ...examples.map((name) => nodeProject(`example-${name}`, `examples/${name}`, name === 'web-playground' ? 2 : 0)),
      nodeProject('benchmarks', 'benchmarks'),
      nodeProject('scripts', 'scripts'),
      ...browserProjects(),
    ],
  },
});
