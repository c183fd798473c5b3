import { DeviceLostError, InvalidArgumentError, LimitError, OutOfMemoryError, planTiles, smallerPlan, trackProgress } from '@deblur/core';
import { createPictureJob } from './picture-job.ts';
import { createTileCode } from './tile-code.ts';
import { showOnCanvas } from './show-on-canvas.ts';
import { sizeOf, snapshotSource } from './snapshot-source.ts';
import type { GpuRestoreOptions, GpuRestoreResult } from './gpu-restore-options.ts';
import type { GpuSource } from './snapshot-source.ts';
import type { HostedGpuModel } from './hosted-gpu-model.ts';
import type { ModelManifest, OperationRegistry, TilePlan, TileSize, Warning } from '@deblur/core';
import type { PictureJob } from './picture-job.ts';
import type { RestoredReply } from '../worker/gpu/messages.ts';

/** Largest tile that fitted into memory so far; absent until memory ran out. */
export interface TileLimit {
  side?: number;
}

/** The job made last, which the frames of a video share. */
export interface RecentJob {
  made?: { readonly key: string; readonly job: PictureJob };
}

/** What restores. */
export interface GpuContext {
  readonly host: HostedGpuModel;
  readonly manifest: ModelManifest;
  readonly operations: OperationRegistry;
  readonly limit: TileLimit;
  readonly recent: RecentJob;
}

const defaultMemory = 2 ** 30;
/** Sides of textures that every WebGPU device takes, and what onnxruntime asks for. */
const largestSide = 8192;

/** Restores one picture: goes on after a lost device once, and with smaller tiles when memory runs out. */
export async function restoreOnGpu(context: GpuContext, source: GpuSource, options: GpuRestoreOptions): Promise<GpuRestoreResult> {
  const { host, manifest, limit } = context;
  const { canvas, signal, progressive = false } = options;
  const startedAt = performance.now();
  const warnings: Warning[] = [];
  const listen = (count: number): Parameters<HostedGpuModel['restore']>[1] => {
    const progress = trackProgress(options.onProgress, 'restore', count);
    return { signal, onTiles: () => progress.advance(), ...(canvas && { onShow: (bitmap) => showOnCanvas(bitmap, canvas) }) };
  };
  let plan: TilePlan | undefined;
  let lost = 0;
  if (host.stopped) {
    warnings.push(rebuilt('The GPU device was lost since the last picture.'));
    await host.start();
  }
  for (;;) {
    const picture = await snapshotSource(source);
    let reply: RestoredReply;
    try {
      if (host.stopped) await host.start();
      plan ??= planFor(context, sizeOf(picture), options);
      const job = jobFor(context, plan, options);
      reply = await host.restore({ picture, job, outcome: 'picture', progressive: progressive && canvas !== undefined }, listen(plan.count));
    } catch (error) {
      if (DeviceLostError.isInstance(error) && lost++ === 0) {
        warnings.push(rebuilt(error.message));
        continue;
      }
      if (!OutOfMemoryError.isInstance(error) || !plan) throw error;
      const smaller = smallerPlan(plan);
      if (!smaller) throw error;
      limit.side = Math.max(smaller.tileWidth, smaller.tileHeight);
      warnings.push(reduced(plan, smaller));
      plan = smaller;
      continue;
    } finally {
      picture.close();
    }
    const { width, height, count, tileWidth, tileHeight } = plan;
    const { bitmap, kept, readBacks, readBackBytes } = reply;
    if (canvas) showOnCanvas(bitmap!, canvas);
    if (kept > 0) warnings.push(keptWarning(kept, count));
    const totalMs = performance.now() - startedAt;
    return {
      ...(!canvas && { image: bitmap! }),
      width, height,
      model: { id: manifest.id, version: manifest.version },
      backend: { id: 'web-gpu', provider: 'webgpu' },
      tiles: { count, width: tileWidth, height: tileHeight, kept },
      warnings,
      timings: { readModelMs: 0, createSessionMs: 0, selfCheckMs: 0, restoreMs: totalMs, totalMs },
      readBacks: { count: readBacks, bytes: readBackBytes },
    };
  }
}

function planFor({ manifest, limit }: GpuContext, { width, height }: TileSize, { tile = limit.side, memory = defaultMemory }: GpuRestoreOptions): TilePlan {
  if (Math.max(width, height) > largestSide) {
    throw new LimitError(`The picture is ${width}×${height}; on the GPU sides are at most ${largestSide} pixels. Use createDeblur(), which works in bands.`, {
      details: { width, height, largestSide },
    });
  }
  const { size, halo, overlap } = manifest;
  // Two textures of four bytes a pixel, and three floats for each pixel of the rows being put together.
  const budget = manifest.memory && { ...manifest.memory, bytes: memory, fixedBytes: manifest.memory.fixedBytes + 8 * width * height };
  return planTiles({ width, height, size, halo, overlap, rowBytes: 12 * width, ...(tile !== undefined && { tile }), ...(budget && { budget }) });
}

function jobFor({ manifest, operations, recent }: GpuContext, plan: TilePlan, { parameters = {}, strength = 1 }: GpuRestoreOptions): PictureJob {
  const key = JSON.stringify([plan.options, parameters, strength]);
  if (recent.made?.key === key) return recent.made.job;
  if (!(strength >= 0 && strength <= 1)) throw new InvalidArgumentError(`\`strength\` is ${strength}; it must be from 0 to 1.`, { details: { strength } });
  const tile = { width: plan.tileWidth, height: plan.tileHeight };
  const job = createPictureJob(plan, createTileCode({ manifest, operations, parameters, tile }), strength);
  recent.made = { key, job };
  return job;
}

function rebuilt(cause: string): Warning {
  return { code: 'session-rebuilt', message: `The session was rebuilt: ${cause}` };
}

function reduced(from: TilePlan, to: TilePlan): Warning {
  const size = ({ tileWidth: width, tileHeight: height }: TilePlan): TileSize => ({ width, height });
  return {
    code: 'tile-reduced',
    message: `Memory ran out at ${from.tileWidth}×${from.tileHeight} pixels a tile; the picture was begun again with ${to.tileWidth}×${to.tileHeight}.`,
    details: { from: size(from), to: size(to) },
  };
}

function keptWarning(kept: number, count: number): Warning {
  return {
    code: 'tile-kept',
    message: `${kept} of ${count} tiles came back unusable (not finite, or changed beyond what blur explains) and kept their input there.`,
    details: { kept, count },
  };
}
