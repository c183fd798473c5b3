import { readReadmes } from '../.vitepress/read-readmes.ts';

export default { watch: ['../../examples/*/README.md'], paths: () => readReadmes('examples') };
