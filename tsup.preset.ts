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

interface Resolver {
  onResolve(options: { filter: RegExp }, resolve: (request: { path: string; kind: string }) => { path: string; external: true } | undefined): void;
}

/** Leaves imports of other modules of the package as they are, but for the ending that they have once they are built. */
const keepModules = {
  name: 'keep-modules',
  setup(build: Resolver): void {
    build.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, kind }) => (
      kind === 'entry-point' ? undefined : { path: path.replace(/\.ts$/, '.js'), external: true }
    ));
  },
};

/**
 * A package with many parts of which an application uses few: ES modules stay one file each, so that bundlers leave out
 * what is not used and load later what is imported later. CommonJS, which is not bundled for pages, is one file.
 */
export const presetPerModule: readonly Options[] = [
  {
    ...preset, entry: ['src/**/*.ts', '!src/**/*.{test,d}.ts', '!src/testing/**', '!src/**/fixtures/**'], format: 'esm', dts: false, splitting: false,
    clean: ['dist/**/*.js', 'dist/**/*.js.map'], esbuildPlugins: [keepModules],
  },
  { ...preset, format: 'cjs', dts: false, clean: ['dist/**/*.cjs', 'dist/**/*.cjs.map'] },
  { ...preset, format: ['esm', 'cjs'], dts: { only: true }, clean: ['dist/**/*.d.ts', 'dist/**/*.d.cts'] },
];
