import type { Options } from 'tsup';

/** How every package is built: ES modules and CommonJS with types, for the oldest Node that is supported. */
export const preset: Options = {
  entry: { index: 'src/index.ts' },
  format: ['esm', 'cjs'],
  target: 'node20',
  dts: true,
  sourcemap: true,
  clean: true,
  removeNodeProtocol: false,
};

/** The same for packages that ask for their own URL: tsup's shim builds a wrong one in folders with # or % in their names. */
export const presetWithModuleUrl: Options = {
  ...preset,
  esbuildOptions(options, { format }) {
    if (format !== 'cjs') return;
    options.define = { ...options.define, 'import.meta.url': 'moduleUrl' };
    options.banner = { js: '"use strict"; const moduleUrl = require("node:url").pathToFileURL(__filename).href;' };
  },
};
