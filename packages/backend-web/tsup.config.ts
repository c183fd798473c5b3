import { readFile } from 'node:fs/promises';
import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.ts';

/** Bundlers of applications look for the workers' scripts by their literal names, which end in .js once they are built. */
const nameBuiltWorkers = {
  name: 'name-built-workers',
  setup(build: { onLoad(options: { filter: RegExp }, load: (file: { path: string }) => Promise<{ contents: string; loader: 'ts' }>): void }): void {
    build.onLoad({ filter: /start-(gpu-)?worker\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll('.ts\', import.meta.url', '.js\', import.meta.url'),
      loader: 'ts',
    }));
  },
};

export default defineConfig({
  ...preset,
  entry: {
    index: 'src/index.ts', gpu: 'src/gpu/index.ts',
    'worker/gpu': 'src/worker/gpu.ts', 'worker/wasm': 'src/worker/wasm.ts', 'worker/webgpu': 'src/worker/webgpu.ts',
  },
  format: 'esm',
  target: 'es2022',
  splitting: false,
  esbuildPlugins: [nameBuiltWorkers],
});
