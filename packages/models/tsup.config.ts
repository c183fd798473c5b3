import { defineConfig } from 'tsup';
import { presetWithModuleUrl } from '../../tsup.preset.ts';

export default defineConfig(presetWithModuleUrl);
