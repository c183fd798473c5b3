import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './read-blocks.ts';
import type { CodeBlock } from './read-blocks.ts';

/** Where blocks become files: inside the repository, so that they find its packages. */
const folder = join(root, 'docs', '.vitepress', 'cache', 'code');

/** A block and the file it was written to. */
export interface WrittenBlock {
  readonly block: CodeBlock;
  readonly file: string;
}

/** True for blocks that are programs. */
export function isProgram({ language }: CodeBlock): boolean {
  return ['ts', 'tsx', 'js', 'jsx'].includes(language);
}

/** The folder of a page's files. */
function folderOf(page: string, into: string): string {
  return join(folder, into, page.replace(/\.md$/, '').replaceAll('/', '-'));
}

/**
 * Writes blocks to files, their lines numbered as in the page, in place of those written before.
 *
 * @param into name of the set, so that tests that run side by side do not take files from each other
 * @throws Error if two blocks of a page stand for one file
 */
export function writeBlocks(blocks: readonly CodeBlock[], into: string): WrittenBlock[] {
  rmSync(join(folder, into), { recursive: true, force: true });
  const written: WrittenBlock[] = [];
  for (const block of blocks) {
    const { page, line, language, name, code } = block;
    const target = join(folderOf(page, into), name ?? `line-${line}.${language}`);
    if (written.some(({ file }) => file === target)) throw new Error(`${page}:${line}: another block stands for ${name} too.`);
    mkdirSync(join(target, '..'), { recursive: true });
    writeFileSync(target, '\n'.repeat(line - 1) + code + '\n');
    written.push({ block, file: target });
  }
  return written;
}
