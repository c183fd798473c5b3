import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

/**
 * Links of a page to files of the repository outside the site work where the sources are read. In the site, those to a package or example lead
 * to the page of its readme, and others, such as `../benchmarks/results`, become text that names the path. A file that does not exist stays a
 * link, so that the build stops on it.
 */
export function repositoryLinks(markdown: MarkdownRenderer, docs: string): void {
  markdown.core.ruler.push('repository-links', (state) => {
    const page = (state.env as { relativePath?: string }).relativePath ?? '';
    for (const { children } of state.tokens) {
      for (const [i, token] of (children ?? []).entries()) {
        const target = token.type === 'link_open' ? token.attrGet('href') : undefined;
        if (!target || !/^\.{0,2}[\w./-]*$/.test(target) || !children) continue;
        const file = relative(docs, join(docs, page, '..', target));
        if (!file.startsWith('..') || !existsSync(join(docs, file))) continue;
        const readme = /^\.\.\/((?:packages|examples)\/[\w-]+)(?:\/(?:README\.md)?)?$/.exec(file);
        if (readme && existsSync(join(docs, '..', readme[1]!, 'README.md'))) {
          token.attrSet('href', `/${readme[1]}`);
          continue;
        }
        const end = children.findIndex((candidate, j) => j > i && candidate.type === 'link_close');
        token.tag = children[end]!.tag = 'span';
        token.attrs = [['title', file.slice(3)]];
      }
    }
  });
}
