import { join } from 'node:path';
import ts from 'typescript';
import { root } from './read-blocks.ts';
import type { WrittenBlock } from './write-blocks.ts';

/** What blocks may use without saying where it comes from. */
const context = join(import.meta.dirname, 'block-context.d.ts');

const reactTypes = join(root, 'packages', 'react', 'node_modules', '@types', 'react');

/**
 * Type-checks blocks in one program, each a module, against the sources of the packages.
 * @returns what is wrong, a line for each fault: page, line, message
 */
export function checkTypes(blocks: readonly WrittenBlock[]): string[] {
  const path = join(root, 'docs', '.vitepress', 'tsconfig.reference.json');
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(path, (file) => ts.sys.readFile(file)).config, ts.sys, join(path, '..'));
  const program = ts.createProgram([context, ...blocks.map(({ file }) => file)], {
    ...options, moduleDetection: ts.ModuleDetectionKind.Force, jsx: ts.JsxEmit.ReactJSX, allowJs: true, checkJs: true, declaration: false,
    noUnusedLocals: false, noImplicitReturns: false,
    // Tools of the repository bring types of an older React, to the root.
    paths: { react: [join(reactTypes, 'index.d.ts')], 'react/jsx-runtime': [join(reactTypes, 'jsx-runtime.d.ts')] },
  });
  return blocks.flatMap(({ block, file }) => {
    const source = program.getSourceFile(file);
    if (!source) return [`${block.page}:${block.line}: the block was not read`];
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ start = 0, messageText }) => {
      const line = source.getLineAndCharacterOfPosition(start).line + 1;
      return `${block.page}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}
