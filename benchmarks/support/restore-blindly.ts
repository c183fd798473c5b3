/** Restores one file blindly in a process of its own: `restore-blindly.ts <input> <output> [abort after ms]`; prints what happened as JSON. */
import { createDeblur } from '@deblur/core';
import { sharpCodec } from '@deblur/plugin-sharp';

const [input, output, abortAfter] = process.argv.slice(2);
const client = createDeblur({ plugins: [sharpCodec()] });
const controller = new AbortController();
const stages: Record<string, number> = {};
let longestSilence = 0;
let heardAt = performance.now();
let abortedAt = 0;
if (abortAfter !== undefined) setTimeout(() => {
  abortedAt = performance.now();
  controller.abort();
}, Number(abortAfter));
try {
  const { timings, tiles, deconvolution } = await client.run(input, {
    method: 'blind', output, encode: { overwrite: true }, signal: controller.signal,
    onProgress({ stage }) {
      stages[stage] = (stages[stage] ?? 0) + 1;
      longestSilence = Math.max(longestSilence, performance.now() - heardAt);
      heardAt = performance.now();
    },
  });
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({
    seconds: timings.totalMs / 1000, processorSeconds: (user + system) / 1e6, peakBytes: process.resourceUsage().maxRSS * 1024, stages, tiles: tiles.count,
    silenceSeconds: longestSilence / 1000, confidence: deconvolution!.blindEstimate!.confidence,
  }));
} catch (error) {
  console.log(JSON.stringify({ error: (error as { code?: string }).code, afterAbortMs: performance.now() - abortedAt }));
}
