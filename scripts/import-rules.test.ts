import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const structuralRules = ['names/kebab-case', 'no-restricted-imports', '@typescript-eslint/no-restricted-imports', 'no-restricted-syntax'];
const eslint = new ESLint({
  cwd: new URL('..', import.meta.url).pathname,
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => structuralRules.includes(ruleId),
});

/** Rules that `code` breaks when it stands in the file `path`. */
async function brokenRules(path: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: path });
  return result!.messages.map(({ ruleId, message }) => ruleId ?? message);
}

test.each([
  ['core', 'packages/core/src/index.ts', 'node:fs'],
  ['core', 'packages/core/src/index.ts', 'onnxruntime-node'],
  ['core', 'packages/core/src/index.ts', '@deblur/backend-node'],
  ['an adapter', 'packages/backend-node/src/index.ts', 'sharp'],
  ['an adapter', 'packages/backend-node/src/index.ts', '@deblur/plugin-sharp'],
  ['an adapter', 'packages/backend-node/src/index.ts', '../../core/src/index.ts'],
  ['an adapter', 'packages/plugin-sharp/src/index.ts', 'onnxruntime-node'],
  ['an adapter', 'packages/plugin-canvas/src/index.ts', 'sharp'],
  ['the conformance suites', 'packages/conformance/src/index.ts', '@deblur/backend-node'],
  ['the command line', 'packages/cli/src/index.ts', '@deblur/core/src/index.ts'],
  ['an example', 'examples/demo/demo.ts', '@deblur/core/manifest'],
  ['an example', 'examples/demo/demo.ts', '../../packages/core/src/index.ts'],
])('%s (%s) may not import %s', async (_who, path, specifier) => {
  expect(await brokenRules(path, `export { thing } from '${specifier}';\n`)).toContain('no-restricted-imports');
});

test.each([
  ['packages/backend-node/src/index.ts', '@deblur/core'],
  ['packages/backend-node/src/index.ts', 'node:worker_threads'],
  ['packages/plugin-sharp/src/index.ts', 'sharp'],
  ['examples/demo/demo.ts', '@deblur/core'],
])('%s may import %s', async (path, specifier) => {
  expect(await brokenRules(path, `export { thing } from '${specifier}';\n`)).toEqual([]);
});

test('names are in kebab-case and say what they hold', async () => {
  for (const name of ['fooBar', 'foo_bar', 'utils', 'misc', 'helpers']) {
    expect(await brokenRules(`scripts/${name}.mjs`, ''), name).toContain('names/kebab-case');
  }
  expect(await brokenRules('scripts/foo-bar.mjs', '')).toEqual([]);
});
