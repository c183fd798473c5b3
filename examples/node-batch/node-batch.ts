/**
 * Restores a folder of pictures into another one. It may be stopped or killed and started again: what is done is not done twice.
 */
import { parseArgs } from 'node:util';
import { createDeblur, restorationMethods } from '@deblur/core';
import { nodeBackend } from '@deblur/backend-node';
import { builtinModels } from '@deblur/models';
import { sharpCodec } from '@deblur/plugin-sharp';
import type { RestorationMethod } from '@deblur/core';
import { restoreFolder } from './restore-folder.ts';
import type { PictureEvent } from './restore-folder.ts';

const usage = 'node-batch INPUT-FOLDER OUTPUT-FOLDER [--method auto] [--psf motion:15,30] [--at-once 2]';
const { values, positionals: [input, output] } = parseArgs({
  allowPositionals: true,
  options: { method: { type: 'string' }, psf: { type: 'string' }, 'at-once': { type: 'string', default: '2' } },
});
const method = (values.method ?? (values.psf === undefined ? 'auto' : 'tv')) as RestorationMethod;
const atOnce = Number(values['at-once']);
if (!input || !output || !restorationMethods.includes(method) || !(Number.isInteger(atOnce) && atOnce > 0)) {
  console.error(`Usage: ${usage}\nMethods: ${restorationMethods.join(', ')}`);
  process.exit(2);
}

// The first Ctrl-C stops the work; a second one, no longer listened to, ends the process as usual.
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

const started = performance.now();
let first: number | undefined;
const deblur = createDeblur({ plugins: [nodeBackend(), sharpCodec(), builtinModels()] });
try {
  const report = await restoreFolder(deblur, {
    input, output, atOnce, signal: stop.signal, run: { method, ...(values.psf !== undefined && { psf: values.psf }) }, onPicture: showPicture,
  });
  const { skipped, restored, failed, left } = report;
  console.log(`${restored} restored, ${skipped} done before, ${failed.length} failed${left > 0 ? `, ${left} left: start again to go on` : ''}`);
  for (const { path, error } of failed) console.error(`failed: ${path}: ${error.message}`);
  process.exitCode = left > 0 ? 130 : failed.length > 0 ? 1 : 0;
} finally {
  await deblur.dispose();
}

function showPicture({ path, settled, total, result, error }: PictureEvent): void {
  if (!result && !error) return;
  // Pictures done before took no time, so they tell nothing about what is left.
  first ??= settled - 1;
  const eta = ((performance.now() - started) / (settled - first)) * (total - settled);
  const outcome = error ? 'failed' : `${result!.method}, ${(result!.timings.totalMs / 1000).toFixed(1)} s`;
  const degraded = result?.warnings.map(({ message }) => `\n  warning: ${message}`).join('') ?? '';
  console.log(`${settled}/${total} ${path}: ${outcome}; about ${Math.ceil(eta / 1000)} s left${degraded}`);
}
