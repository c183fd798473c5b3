import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const repository = join(import.meta.dirname, '..', '..');

/** A readme of the repository as a page of the site. */
export interface ReadmePage {
  readonly params: { readonly name: string };
  readonly content: string;
}

/** The readmes of the folders in `packages` or `examples`, as pages of a folder of that name, for their `[name].paths.ts`. */
export function readReadmes(folder: 'packages' | 'examples'): ReadmePage[] {
  return globSync(`${folder}/*/README.md`, { cwd: repository }).sort().map((readme) => ({
    params: { name: readme.split('/')[1]! },
    content: moveLinks(readFileSync(join(repository, readme), 'utf8'), dirname(readme), `docs/${folder}`),
  }));
}

/** Relative links of a readme as they are from a page in `to`. */
function moveLinks(markdown: string, from: string, to: string): string {
  return markdown.replaceAll(/\]\((?!\w+:|#|\/)([^)\s]+)\)/g, (link, target: string) =>
    (existsSync(join(repository, from, target)) ? `](${relative(to, join(from, target))})` : link));
}
