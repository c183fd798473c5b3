import { defineConfig } from 'tsup';
import { presetPerModule } from '../../tsup.preset.ts';

export default defineConfig([...presetPerModule]);
