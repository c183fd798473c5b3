import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readResults } from '../../docs/.vitepress/benchmarks/read-results.ts';
import { root } from './read-blocks.ts';

const results = readResults();

/**
 * Writes the recorded figures into the `<Figure task subject metric>…</Figure>` of a page, so that one who reads the source sees
 * them too.
 *
 * @throws Error if no benchmark recorded a figure of that name
 */
export function fillFigures(page: string, markdown: string): string {
  return markdown.replaceAll(/<Figure task="([^"]+)" subject="([^"]+)" metric="([^"]+)">[^<]*<\/Figure>/g, (_, task: string, subject: string, metric: string) => {
    const figure = results.find((row) => row.task === task && row.subject === subject && row.metric === metric);
    if (!figure) throw new Error(`${page}: no benchmark recorded ${task}, ${subject}, ${metric}.`);
    return `<Figure task="${task}" subject="${subject}" metric="${metric}">${figure.value}${figure.unit ? ` ${figure.unit}` : ''}</Figure>`;
  });
}

/** The pages that may hold figures, with their text. */
export function pagesWithFigures(): readonly { readonly page: string; readonly markdown: string }[] {
  return globSync(['docs/*.md', 'docs/{guide,start,extend}/*.md'], { cwd: root }).map((page) => ({ page, markdown: readFileSync(join(root, page), 'utf8') }));
}
