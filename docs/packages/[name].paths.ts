import { readReadmes } from '../.vitepress/read-readmes.ts';

export default { watch: ['../../packages/*/README.md'], paths: () => readReadmes('packages') };
