import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The repository. */
export const root: string = join(import.meta.dirname, '..', '..');

/** A fenced block of code in a page. */
export interface CodeBlock {
  /** Path of the page from the root. */
  readonly page: string;
  /** Line of its first line of code, from 1. */
  readonly line: number;
  readonly language: string;
  /** The file it stands for: the fence says ```ts [name.ts]. Blocks of a page can import each other's files. */
  readonly name?: string;
  readonly code: string;
  /** Why it is not checked: the comment `<!-- unchecked: … -->` above it. */
  readonly unchecked?: string;
}

/** The pages whose code is checked: the documentation and the readme of each package. */
function listPages(): string[] {
  return ['README.md', 'CONTRIBUTING.md', ...globSync(['docs/**/*.md', 'packages/*/README.md', 'examples/*/README.md'], {
    cwd: root, exclude: (path) => /(^|\/)(node_modules|dist|\.vitepress)$/.test(path) || path === 'docs/api',
  })].sort();
}

/** All fenced blocks of a page, in order. @throws Error for a fence that is not closed */
export function findBlocks(page: string, markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = markdown.split('\n');
  let unchecked: string | undefined;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const fence = /^(\s*)(`{3,})\s*([\w-]*)[^[`]*(?:\[([^\]]+)\])?/.exec(line);
    if (!fence) {
      const reason = /^\s*<!--\s*unchecked:\s*(.+?)\s*-->\s*$/.exec(line);
      if (reason) unchecked = reason[1];
      else if (line.trim()) unchecked = undefined;
      continue;
    }
    const [, indent, ticks, language, name] = fence;
    const end = lines.findIndex((candidate, j) => j > i && candidate.trim() === ticks);
    if (end < 0) throw new Error(`${page}:${i + 1}: the block is not closed.`);
    const code = lines.slice(i + 1, end).map((text) => (text.startsWith(indent!) ? text.slice(indent!.length) : text.trimStart())).join('\n');
    blocks.push({ page, line: i + 2, language: language!, code, ...(name && { name }), ...(unchecked && { unchecked }) });
    unchecked = undefined;
    i = end;
  }
  return blocks;
}

/** All fenced blocks of all pages. */
export function readBlocks(): CodeBlock[] {
  return listPages().flatMap((page) => findBlocks(page, readFileSync(join(root, page), 'utf8')));
}
