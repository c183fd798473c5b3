import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

/** Files that are large and only fetched when a network runs; the service worker keeps them when they have been. */
const runtimeFile = /\.(wasm|onnx|u8|f32)$|ort-wasm/;

/** Writes `service-worker.js` beside the page, with the names of all files that the page needs offline. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    async generateBundle(_, bundle): Promise<void> {
      const names = Object.keys(bundle);
      const page = ['./', ...names.filter((name) => !runtimeFile.test(name) && name !== 'index.html')].sort();
      const runtime = names.filter((name) => /ort-wasm/.test(name)).sort();
      // File names carry a hash of what is in them, except that of the page itself.
      const html = bundle['index.html'];
      const version = createHash('sha256').update(names.sort().join()).update(html?.type === 'asset' ? html.source : '').digest('hex').slice(0, 12);
      const script = await readFile(new URL('./src/page/service-worker.js', import.meta.url), 'utf8');
      const source = `const version = ${JSON.stringify(version)};\nconst pageFiles = ${JSON.stringify(page)};\nconst runtimeFiles = ${JSON.stringify(runtime)};\n${script}`;
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source });
    },
  };
}
