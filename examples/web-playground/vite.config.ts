import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import type { UserConfig } from 'vite';
import { serviceWorker } from './service-worker-plugin.ts';

/** Cross-origin isolation, which gives wasm its threads. */
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

const config: UserConfig = defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // Any folder of any site.
  base: './',
  // Only so that the packages of this repository need not be built first; an application needs nothing here.
  resolve: { conditions: ['@deblur/source', 'module', 'browser', 'development|production'] },
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  worker: { format: 'es' },
  plugins: [serviceWorker()],
  // Cached and stored files are addressed, so none is written into a script.
  build: { target: 'es2022', assetsInlineLimit: 0 },
  server: { headers: isolation },
  preview: { headers: isolation },
});

export default config;
