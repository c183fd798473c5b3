import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Converter } from 'typedoc';

/** Names each module of the reference as one imports it: the package, and what follows `src/` for further entries. */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) {
      const [folder, entry = ''] = module.name.split(/\/src(?=\/|$)/);
      module.name = JSON.parse(readFileSync(join(import.meta.dirname, '../../packages', folder, 'package.json'), 'utf8')).name + entry;
    }
  });
}
