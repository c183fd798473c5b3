import { basename } from 'node:path';
import tseslint from 'typescript-eslint';
import js from '@eslint/js';

/** The names of files and folders say what they hold in whole words, in kebab-case. */
const kebabCase = {
  create(context) {
    const name = basename(context.filename);
    const valid = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/.test(name) && !/^(utils?|misc|helpers?)\./.test(name);
    return valid ? {} : { Program: (node) => context.report({ node, message: `Name ${name} in kebab-case, after what it holds.` }) };
  },
};

const DEBLUR_INTERNALS = {
  group: ['@deblur/*/src/**', '@deblur/*/dist/**', '**/packages/*/src/**', '../../*/src/**', '../../../*/src/**'],
  message: 'Import the public entry point of a package.',
};
const RELATIVE_WITHOUT_EXTENSION = {
  selector:
    ':matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration) > Literal.source[value=/^\\.{1,2}\\u002F(?!.*\\.(tsx?|js|json|wasm)(\\?.*)?$)/]',
  message: 'Relative imports name the file, with .ts.',
};
const ADAPTERS = 'backend-node|backend-web|plugin-sharp|plugin-canvas|models|model-maxim|cli|conformance';

/** Forbids imports, by regular expressions over the specifier (relative imports are always allowed). */
function imports(files, allowed, message) {
  return {
    files,
    rules: {
      'no-restricted-imports': ['error', { patterns: [DEBLUR_INTERNALS, { regex: `^(?!\\.{1,2}/|(?:${allowed.join('|')})$)`, message }] }],
    },
  };
}

const source = (name) => [`packages/${name}/src/**/*.{ts,tsx}`];
const tests = ['**/*.test.{ts,tsx}'];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/', '**/dist/', '**/coverage/', '.nx/', 'training/', 'packages/*/kernels/assembly/', '**/.cache/', '**/*.d.ts', 'integrations/projects/', 'docs/api/', 'docs/.vitepress/cache/', 'docs/**/*.data.ts',
    ],
  },
  js.configs.recommended,
  { languageOptions: { globals: { Buffer: 'readonly', console: 'readonly', performance: 'readonly', process: 'readonly', URL: 'readonly' } } },
  { plugins: { names: { rules: { 'kebab-case': kebabCase } } }, rules: { 'names/kebab-case': 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400 }],
      'no-restricted-imports': ['error', { patterns: [DEBLUR_INTERNALS] }],
      'no-restricted-syntax': [
        'error',
        RELATIVE_WITHOUT_EXTENSION,
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['packages/*/src/**/*.{ts,tsx}'],
    ignores: tests,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/only-throw-error': 'error',
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: {
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true } }],
    },
  },
  {
    files: ['packages/*/src/index.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        RELATIVE_WITHOUT_EXTENSION,
        { selector: 'ExportAllDeclaration', message: 'Name what a package exports.' },
      ],
    },
  },
  imports(source('core'), [], 'Core imports nothing outside itself.'),
  imports(source('backend-node'), ['@deblur/core', 'node:.*', 'onnxruntime-node'], 'An adapter imports core, its peers and node: only.'),
  imports(source('backend-web'), ['@deblur/core', 'onnxruntime-web(?:/wasm|/webgpu)?'], 'An adapter imports core and its peers only.'),
  { files: ['packages/backend-web/src/testing/{page,benchmark-page}/*.ts'], rules: { 'no-restricted-imports': ['error', { patterns: [DEBLUR_INTERNALS] }] } },
  imports(source('plugin-canvas'), ['@deblur/core', 'node:.*'], 'An adapter imports core, its peers and node: only; in browsers there is no node: but in types.'),
  imports(source('plugin-sharp'), ['@deblur/core', 'node:.*', 'sharp'], 'An adapter imports core, its peers and node: only.'),
  imports(source('worker'), ['@deblur/core'], 'The worker imports core only.'),
  { files: ['packages/worker/src/testing/*.ts'], rules: { 'no-restricted-imports': ['error', { patterns: [DEBLUR_INTERNALS] }] } },
  imports(source('react'), ['@deblur/core', 'react'], 'Components import core and React only.'),
  imports(source('conformance'), ['@deblur/core'], 'The conformance suites import core only.'),
  ...['models', 'model-maxim'].map((name) => ({
    files: source(name),
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [DEBLUR_INTERNALS, { regex: '^(?!\\.{1,2}/)', allowTypeImports: true, message: 'Models import types of core only.' }] },
      ],
    },
  })),
  {
    files: ['packages/cli/src/**/*.ts', 'examples/**/*.ts', 'benchmarks/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [DEBLUR_INTERNALS, { regex: `^@deblur/(?:${ADAPTERS}|core)/`, message: 'Import the public entry point of a package.' }] },
      ],
    },
  },
  // VitePress wants brackets in the name, and Vite the style sheet.
  { files: ['docs/*/*.paths.ts'], rules: { 'names/kebab-case': 'off' } },
  { files: ['docs/.vitepress/theme/index.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: tests,
    rules: {
      'max-lines': 'off',
      'no-restricted-imports': ['error', { patterns: [DEBLUR_INTERNALS] }],
      '@typescript-eslint/no-restricted-imports': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
