import { existsSync } from 'node:fs';
import { join } from 'node:path';

declare const data: { readonly built: boolean };
export { data };

export default {
  load: (): { readonly built: boolean } => ({ built: existsSync(join(import.meta.dirname, '../../examples/web-playground/dist/index.html')) }),
};
