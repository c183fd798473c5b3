import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

/**
 * Links of a page to files of the repository that are no pages, such as `../benchmarks/results`, work where the sources are read; in the
 * site they become the path, as code. A file that does not exist stays a link, so that the build stops on it.
 */
export function repositoryLinks(markdown: MarkdownRenderer, docs: string): void {
  markdown.core.ruler.push('repository-links', (state) => {
    const page = (state.env as { relativePath?: string }).relativePath ?? '';
    for (const { children } of state.tokens) {
      for (const [i, token] of (children ?? []).entries()) {
        const target = token.type === 'link_open' ? token.attrGet('href') : undefined;
        if (!target || !/^\.{0,2}[\w./-]*$/.test(target) || !children) continue;
        const file = join(docs, page, '..', target);
        const inside = relative(docs, file);
        if (!inside.startsWith('..') || !existsSync(file)) continue;
        const end = children.findIndex((candidate, j) => j > i && candidate.type === 'link_close');
        token.tag = children[end]!.tag = 'span';
        token.attrs = [['title', relative(join(docs, '..'), file)]];
      }
    }
  });
}
