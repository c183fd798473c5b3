import { createOperationRegistry, DeviceLostError, OutOfMemoryError } from '@deblur/core';
import { expect, it } from 'vitest';
import { makeConvolution } from '../testing/tiny-onnx.ts';
import { restoreOnGpu } from './restore-on-gpu.ts';
import { softPicture } from '../testing/bitmap-pixels.ts';
import { tinyModel } from '../testing/tiny-model.ts';
import type { GpuContext } from './restore-on-gpu.ts';
import type { HostedGpuModel } from './hosted-gpu-model.ts';

/** A host that fails with these errors, one after the other, before it restores; it notes the tiles it was asked for. */
async function contextOf(failures: Error[]): Promise<GpuContext & { readonly sides: number[]; readonly starts: () => number }> {
  const sides: number[] = [];
  let starts = 0;
  let stopped = false;
  const host: HostedGpuModel = {
    get stopped(): boolean {
      return stopped;
    },
    async start(): Promise<void> {
      starts++;
      stopped = false;
    },
    async restore({ job, picture }): ReturnType<HostedGpuModel['restore']> {
      sides.push(job.code.tile.width);
      const failure = failures.shift();
      stopped = failure !== undefined;
      if (failure) throw failure;
      return { kind: 'restored', bitmap: await createImageBitmap(picture), kept: 0, readBacks: 1, readBackBytes: 4 * job.tiles };
    },
    end: () => undefined,
  };
  const { manifest } = await tinyModel([makeConvolution(3, 3, 1, 1)]);
  return { host, manifest, operations: createOperationRegistry(), limit: {}, recent: {}, sides, starts: () => starts };
}

// Halved sides are balanced: the smallest that need no more tiles.
it('begins again with smaller tiles when memory runs out, says so, and stays with them', async () => {
  const context = await contextOf([new OutOfMemoryError('full'), new OutOfMemoryError('full')]);
  const { tiles, warnings } = await restoreOnGpu(context, softPicture(64, 64), { tile: 64 });
  expect(context.sides).toEqual([64, 24, 12]);
  expect(tiles).toMatchObject({ width: 12, height: 12 });
  expect(warnings.map(({ code, details }) => [code, details?.['to']])).toEqual([
    ['tile-reduced', { width: 24, height: 24 }], ['tile-reduced', { width: 12, height: 12 }],
  ]);
  expect(context.starts()).toBe(2);
  await restoreOnGpu(context, softPicture(64, 64), {});
  expect(context.sides.at(-1)).toBe(12);
}, 30_000);

it('gives up when the smallest tile does not fit, and when the device is lost a second time', async () => {
  const full = await contextOf(Array.from({ length: 20 }, () => new OutOfMemoryError('full')));
  await expect(restoreOnGpu(full, softPicture(64, 64), { tile: 64 })).rejects.toMatchObject({ code: 'out-of-memory' });
  expect(full.sides.at(-1)).toBeLessThan(12);
  const lost = await contextOf([new DeviceLostError('lost'), new DeviceLostError('lost again')]);
  await expect(restoreOnGpu(lost, softPicture(8, 8), {})).rejects.toMatchObject({ code: 'device-lost', message: 'lost again' });
}, 30_000);
