import { compareGoldenTile, ModelError, readGoldenTile } from '@deblur/core';
import { createPictureJob } from './picture-job.ts';
import { createTileCode } from './tile-code.ts';
import { planWholeTile } from './plan-whole-tile.ts';
import type { GoldenSamples, ModelPackage, OperationRegistry } from '@deblur/core';
import type { HostedGpuModel } from './hosted-gpu-model.ts';

/**
 * Runs a model's golden tile through all passes on the GPU, if it has one.
 * @throws ModelError when the result is not what it must be
 */
export async function checkGoldenTile(host: HostedGpuModel, model: ModelPackage, operations: OperationRegistry): Promise<void> {
  const { manifest } = model;
  const golden = await readGoldenTile(model);
  if (!golden) return;
  const { width, height, parameters = {}, minimumPsnr } = golden.tile;
  const code = createTileCode({ manifest, operations, parameters, tile: { width, height } });
  const picture = await createImageBitmap(pictureOf(golden), { premultiplyAlpha: 'none' });
  const job = createPictureJob(planWholeTile({ width, height }), code, 1);
  const { samples } = await host.restore({ picture, job, outcome: 'samples', progressive: false }, {});
  const channels = golden.input.length / (width * height);
  const psnr = compareGoldenTile(golden, channels === 3 ? samples! : samples!.filter((_, index) => index % 3 === 0));
  if (psnr >= minimumPsnr) return;
  throw new ModelError(
    `The GPU gives wrong results for ${manifest.id}: its golden tile came back at ${psnr.toFixed(1)} dB, at least ${minimumPsnr} dB are right. `
    + 'Use createDeblur() with webBackend(), which goes on with wasm, or update the browser and its drivers.',
    { details: { provider: 'webgpu', psnr, minimum: minimumPsnr } },
  );
}

function pictureOf({ tile: { width, height }, input }: GoldenSamples): ImageData {
  const channels = input.length / (width * height);
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) data[pixel * 4 + channel] = input[pixel * channels + Math.min(channel, channels - 1)]!;
  }
  return new ImageData(data, width, height);
}
