// Builds a page with core, backend-web and plugin-canvas as an application would, and says what it loads when: JavaScript,
// minified and compressed with gzip. Fails when the page starts with more than LIMIT kB.
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { root } from './run-command.mjs';

const LIMIT = 40;
const PAGE = `
import { createDeblur } from '@deblur/core';
import { webBackend } from '@deblur/backend-web';
import { canvasCodec } from '@deblur/plugin-canvas';
export const deblur = createDeblur({ plugins: [webBackend(), canvasCodec()] });
`;
const RUN = ['run-pipeline', 'open-reader', 'jpeg-facts'];
/** What has been loaded in all after a call, by the modules that are imported when they are needed. */
const JOURNEYS = [
  ['after a JPEG went through a network', [...RUN, 'open-session']],
  ['after a JPEG was deconvolved (tv)', [...RUN, 'plan-deconvolution', 'prepare-deconvolution']],
  ['after method auto chose plug-and-play', [...RUN, 'choose-method', 'plan-deconvolution', 'prepare-plug-and-play', 'open-session']],
  ['after a network, and the result written as JPEG', [...RUN, 'open-session', 'create-writer']],
];
const KERNELS = /kernels\/kernel-binary\.js$/;

const { output } = await build({
  root, configFile: false, logLevel: 'error', mode: 'production', plugins: [{
    name: 'page',
    resolveId: (id) => (id === 'page' ? `${root}/page.js` : undefined),
    load: (id) => (id === `${root}/page.js` ? PAGE : undefined),
  }],
  build: {
    write: false, modulePreload: false, reportCompressedSize: false,
    rolldownOptions: {
      input: 'page', preserveEntrySignatures: 'strict', external: [/^onnxruntime-web/, '@napi-rs/canvas'],
      // WebAssembly is counted apart.
      output: { codeSplitting: { groups: [{ name: 'kernels', test: KERNELS }] } },
    },
  },
});

const chunks = new Map(output.filter(({ type }) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]));
const size = (names) => [...names].reduce((sum, name) => sum + gzipSync(chunks.get(name).code).length, 0) / 1000;
const isKernels = (name) => Object.keys(chunks.get(name).modules).some((id) => KERNELS.test(id));

/** A chunk and all that are loaded with it. */
function withImports(name, found = new Set()) {
  if (found.has(name) || !chunks.has(name)) return found;
  found.add(name);
  for (const imported of chunks.get(name).imports) withImports(imported, found);
  return found;
}

const start = withImports([...chunks.values()].find(({ isEntry }) => isEntry).fileName);
const own = (names) => [...names].filter((name) => !isKernels(name));
const kB = (value) => `${value.toFixed(1).padStart(6)} kB`;

/** The chunk that holds a module which is imported when it is needed. */
function find(part) {
  const found = [...chunks.values()].find(({ isDynamicEntry, facadeModuleId }) => isDynamicEntry && new RegExp(`/${part}(-\\w+)?\\.js$`).test(facadeModuleId));
  if (!found) throw new Error(`Nothing imports ${part} when it is needed any more: mend JOURNEYS.`);
  return found.fileName;
}

console.log(`${kB(size(own(start)))}  at the start (limit ${LIMIT} kB)`);
for (const [journey, parts] of JOURNEYS) {
  const loaded = new Set(start);
  for (const part of parts) withImports(find(part), loaded);
  console.log(`${kB(size(own(loaded)))}  ${journey}`);
}
console.log(`${kB(size([...chunks.keys()].filter(isKernels)))}  the WebAssembly kernels, with the first deconvolution or estimate`);
console.log(`${kB(size(own(chunks.keys())))}  all that is ever loaded, without the kernels`);
if (size(own(start)) > LIMIT) process.exitCode = 1;
