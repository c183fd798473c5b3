import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.ts';

export default defineConfig({ ...preset, entry: { index: 'src/index.ts', main: 'src/main.ts' }, format: ['esm'] });
