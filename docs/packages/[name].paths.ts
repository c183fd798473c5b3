import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const repository = join(import.meta.dirname, '..', '..');

/** The readme of each package as a page. */
export default {
  watch: ['../../packages/*/README.md'],
  paths: () => globSync('packages/*/README.md', { cwd: repository }).map((readme) => ({
    params: { name: readme.split('/')[1]! },
    content: moveLinks(readFileSync(join(repository, readme), 'utf8'), dirname(readme)),
  })),
};

/** Relative links of a readme as they are from a page of this folder. */
function moveLinks(markdown: string, folder: string): string {
  return markdown.replaceAll(/\]\((?!\w+:|#|\/)([^)\s]+)\)/g, (link, target: string) =>
    (existsSync(join(repository, folder, target)) ? `](${relative('docs/packages', join(folder, target))})` : link));
}
