import { defineConfig } from 'tsup';
import { presetWithModuleUrl } from '../../tsup.preset.ts';

export default defineConfig({
  ...presetWithModuleUrl,
  entry: { index: 'src/index.ts', 'worker/worker': 'src/worker/worker.ts', 'probe/probe-child': 'src/probe/probe-child.ts' },
});
