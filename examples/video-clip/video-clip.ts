/** Restores a video clip with ffmpeg for decoding and encoding, and `deblur.sequence` between. */
import { parseArgs } from 'node:util';
import { createDeblur } from '@deblur/core';
import { nodeBackend } from '@deblur/backend-node';
import { builtinModels } from '@deblur/models';
import { sharpCodec } from '@deblur/plugin-sharp';
import { restoreClip } from './restore-clip.ts';

const { values: { psf, model, poster }, positionals: [input, output] } = parseArgs({
  allowPositionals: true, options: { psf: { type: 'string' }, model: { type: 'string' }, poster: { type: 'string' } },
});
if (!input || !output) {
  console.error('Usage: video-clip INPUT OUTPUT [--psf motion:9,0] [--model maxim-s1] [--poster first.png]');
  process.exit(2);
}

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

const deblur = createDeblur({ plugins: [nodeBackend(), sharpCodec(), builtinModels()] });
try {
  const frames = await restoreClip(deblur, input, output, {
    ...(psf !== undefined && { psf }), ...(model !== undefined && { model }), signal: stop.signal,
    onProgress: ({ stage, done, total, etaMs }) => {
      if (stage === 'restore') console.error(`frame ${done} of ${total}${etaMs === undefined ? '' : `, ${(etaMs / 1000).toFixed(0)} s left`}`);
    },
  }, poster);
  console.log(`${frames} frames -> ${output}`);
} catch (error) {
  if (!stop.signal.aborted) throw error;
  process.exitCode = 130;
} finally {
  await deblur.dispose();
}
