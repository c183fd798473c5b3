// Bundles the built packages as an application would and looks for what must not be in them.
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './run-command.mjs';

const NATIVE = ['onnxruntime-node', 'sharp', 'node:*'];
const SHARP = /\b(?:from|import|require)\s*\(?\s*["'`]sharp["'`]/;
const RUNTIMES = [...NATIVE, 'onnxruntime-common', 'onnxruntime-web'];

/** What a bundle of each package may import (`allowed`) and must not hold as text (`forbidden`). */
const RULES = {
  core: { allowed: [], forbidden: [/onnxruntime/i, SHARP, /["'`]node:/, /\brequire\(/, /\bdocument\./, /\bwindow\./] },
  models: { allowed: [], forbidden: [/onnxruntime/i, SHARP, /["'`]node:/] },
  'model-maxim': { allowed: [], forbidden: [/onnxruntime/i, SHARP, /["'`]node:/] },
  conformance: { allowed: ['@deblur/core'], forbidden: [/onnxruntime/i, SHARP] },
  'backend-node': { allowed: ['@deblur/core', 'onnxruntime-node', 'node:'], forbidden: [SHARP] },
  'backend-web': { allowed: ['@deblur/core'], forbidden: [/\b(?:from|import|require)\s*\(?\s*["'`]onnxruntime/i, SHARP, /["'`]node:/] },
  'plugin-canvas': { allowed: ['@deblur/core'], forbidden: [/onnxruntime/i, SHARP, /\b(?:from|import|require)\s*\(?\s*["'`]node:/] },
  worker: { allowed: ['@deblur/core'], forbidden: [/onnxruntime/i, SHARP, /\b(?:from|import|require)\s*\(?\s*["'`]node:/] },
  'plugin-sharp': { allowed: ['@deblur/core', 'sharp', 'node:'], forbidden: [/onnxruntime/i] },
};

const problems = [];
for (const [name, { allowed, forbidden }] of Object.entries(RULES)) {
  const result = await build({
    entryPoints: [join(root, 'packages', name, 'dist', 'index.js')],
    bundle: true, minify: true, format: 'esm', platform: 'neutral', write: false, metafile: true, logLevel: 'silent',
    external: [...RUNTIMES, '@deblur/*'],
  });
  const [output] = Object.values(result.metafile.outputs);
  for (const { path } of output.imports) {
    if (!allowed.some((prefix) => path === prefix || (prefix.endsWith(':') && path.startsWith(prefix)))) problems.push(`${name} imports ${path}.`);
  }
  const text = result.outputFiles[0].text;
  for (const pattern of forbidden) {
    const found = pattern.exec(text);
    if (found) problems.push(`${name} contains ${pattern}: …${text.slice(Math.max(0, found.index - 40), found.index + 60)}…`);
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}
