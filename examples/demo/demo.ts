/**
 * Restores the photographs beside this file with the built-in network and says what it gained.
 * Run it with `npm run demo`; pictures appear in `examples/demo/output/`.
 */
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDeblur, psnr } from '@deblur/core';
import { nodeBackend } from '@deblur/backend-node';
import { sharpCodec } from '@deblur/plugin-sharp';
import { builtinModels } from '@deblur/models';
import { composeComparison } from '@deblur/cli';
import type { Deblur, ProgressEvent } from '@deblur/core';

const here = fileURLToPath(new URL('.', import.meta.url));
const output = join(here, 'output');
const pictures = ['towels', 'keyrings', 'basketball'];

await mkdir(output, { recursive: true });
const deblur = createDeblur({ plugins: [nodeBackend(), sharpCodec(), builtinModels()] });
try {
  for (const name of pictures) await restore(deblur, name);
} finally {
  await deblur.dispose();
}
console.log(`\nLook at ${relative(process.cwd(), join(output, '*-comparison.png'))}: blurred, restored and original side by side.`);

async function restore(client: Deblur, name: string): Promise<void> {
  const blurred = await client.read(join(here, 'pictures', `${name}-blurred.png`));
  const sharp = await client.read(join(here, 'pictures', `${name}-sharp.png`));
  const result = await client.run(blurred, { onProgress: (event) => showProgress(name, event) });
  const restored = result.image!;
  const target = join(output, `${name}-restored.png`);
  await result.save(target, { overwrite: true });
  const before = psnr(blurred, sharp);
  const after = psnr(restored, sharp);
  const comparison = composeComparison([
    { label: `blurred ${before.toFixed(2)} dB`, image: blurred },
    { label: `restored ${after.toFixed(2)} dB`, image: restored },
    { label: 'original', image: sharp },
  ]);
  await client.write(comparison, join(output, `${name}-comparison.png`), { overwrite: true });

  clearProgress();
  const { model, backend, tiles, timings, width, height, warnings } = result;
  const speed = (width * height) / 1000 / timings.restoreMs;
  console.log(
    `${name}: ${width}x${height}, ${model?.id} on ${backend?.provider}, ${tiles.count} tiles, ${speed.toPrecision(2)} MP/s, `
    + `PSNR ${before.toFixed(2)} -> ${after.toFixed(2)} dB\n  ${relative(process.cwd(), target)}`,
  );
  for (const { message } of warnings) console.log(`  warning: ${message}`);
}

function showProgress(name: string, { stage, done, total, etaMs }: ProgressEvent): void {
  if (!process.stderr.isTTY) {
    if (stage === 'restore') console.error(`${name}: tile ${done} of ${total}${etaMs ? `, ${(etaMs / 1000).toFixed(0)} s left` : ''}`);
    return;
  }
  const doing = stage === 'restore' ? `tile ${done} of ${total}` : 'loading the model';
  process.stderr.write(`\r\x1b[K${name}: ${doing}${etaMs ? `, ${(etaMs / 1000).toFixed(0)} s left` : ''}`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
}
