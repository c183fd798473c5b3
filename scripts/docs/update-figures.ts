/** `npm run docs:figures`: puts what the benchmarks recorded last into the pages that quote it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillFigures, pagesWithFigures } from './fill-figures.ts';
import { root } from './read-blocks.ts';

for (const { page, markdown } of pagesWithFigures()) {
  const filled = fillFigures(page, markdown);
  if (filled === markdown) continue;
  writeFileSync(join(root, page), filled);
  console.log(`Updated ${page}`);
}
