import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './read-blocks.ts';
import type { CodeBlock } from './read-blocks.ts';

/** Furthest that two parts of a message lie apart in its source. */
const reach = 200;

/**
 * Checks that messages quoted in a `text` block, a message to a line, are in the sources word for word. `…` stands for what differs
 * from call to call.
 *
 * @returns what is wrong, a line for each message that no source has
 */
export function checkMessages(blocks: readonly CodeBlock[]): string[] {
  const sources = globSync('packages/*/src/**/*.ts', { cwd: root })
    .filter((path) => !/\.test\.ts$|\/testing\//.test(path))
    .map((path) => joinLiterals(readFileSync(join(root, path), 'utf8')));
  return blocks.flatMap(({ page, line, code }) => code.split('\n').flatMap((message, i) => {
    const parts = message.split('…').map((part) => part.trim()).filter(Boolean);
    return sources.some((source) => holds(source, parts)) ? [] : [`${page}:${line + i}: no source says "${message}"`];
  }));
}

/** Undoes how literals are written: parts joined with +, escaped quotes. */
function joinLiterals(source: string): string {
  return source.replaceAll(/['`"]\s*\+\s*['`"]/g, '').replaceAll(/\\(['`"])/g, '$1');
}

function holds(source: string, parts: readonly string[]): boolean {
  const [first = ''] = parts;
  for (let at = source.indexOf(first); at >= 0; at = source.indexOf(first, at + 1)) {
    let end = at + first.length;
    const follows = parts.slice(1).every((part) => {
      const next = source.indexOf(part, end);
      if (next < 0 || next > end + reach) return false;
      end = next + part.length;
      return true;
    });
    if (follows) return true;
  }
  return false;
}
