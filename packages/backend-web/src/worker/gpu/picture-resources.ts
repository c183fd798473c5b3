import { finishRows, rowsBytes } from '../../gpu/shaders/finish-rows.wgsl.ts';
import { placeBytes } from '../../gpu/shaders/gather-tile.wgsl.ts';
import { compilePass } from './tile-pipelines.ts';
import { bufferUsage, textureUsage } from './webgpu-flags.ts';
import type { CompiledPass, TilePipelines } from './tile-pipelines.ts';
import type { PictureJob } from '../../gpu/picture-job.ts';

/** What restoring pictures of one size needs on the GPU. */
export interface PictureResources {
  readonly job: PictureJob;
  /** The picture as it came, and as it is so far. */
  readonly picture: GPUTexture;
  readonly result: GPUTexture;
  /** `Place` of the tile under way. */
  readonly place: GPUBuffer;
  /** `Rows` being finished. */
  readonly range: GPUBuffer;
  /** For each tile, whether it kept its input. */
  readonly kept: GPUBuffer;
  /** The passes in the order of a tile, bound to these. */
  readonly write: BoundPass;
  readonly afterRun: readonly BoundPass[];
  readonly finish: BoundPass;
  destroy(): void;
}

/** A pass with what it works on. */
export interface BoundPass {
  readonly pass: CompiledPass;
  readonly bindings: GPUBindGroup;
}

/** Allocates textures and buffers for pictures of a size and binds the passes to them. */
export async function createPictureResources(device: GPUDevice, tile: TilePipelines, job: PictureJob): Promise<PictureResources> {
  const { width, height, columnWeights, rowWeights, ring, tiles } = job;
  const texture = (usage: number): GPUTexture => device.createTexture({ size: [width, height], format: 'rgba8unorm', usage });
  const buffer = (size: number, usage: number): GPUBuffer => device.createBuffer({ size, usage });
  const picture = texture(textureUsage.textureBinding | textureUsage.copyTarget | textureUsage.copySource | textureUsage.renderAttachment);
  const result = texture(textureUsage.textureBinding | textureUsage.copyTarget | textureUsage.copySource | textureUsage.storageBinding);
  const place = buffer(placeBytes, bufferUsage.uniform | bufferUsage.copyTarget);
  const range = buffer(rowsBytes, bufferUsage.uniform | bufferUsage.copyTarget);
  const kept = buffer(4 * tiles, bufferUsage.storage | bufferUsage.copySource);
  const rows = buffer(ring * width * 3 * 4, bufferUsage.storage);
  const weights = [columnWeights, rowWeights].map((values) => {
    const made = buffer(values.byteLength, bufferUsage.storage | bufferUsage.copyTarget);
    device.queue.writeBuffer(made, 0, values);
    return made;
  });
  const finish = await compilePass(device, { code: finishRows, workgroups: [Math.ceil(width / 8), 1] });

  const bind = (pass: CompiledPass, resources: Readonly<Record<number, GPUBuffer | GPUTexture>>): BoundPass => ({
    pass,
    bindings: device.createBindGroup({
      layout: pass.pipeline.getBindGroupLayout(0),
      entries: Object.entries(resources).map(([binding, resource]) => ({
        binding: Number(binding), resource: 'createView' in resource ? resource.createView() : { buffer: resource },
      })),
    }),
  });
  return {
    job, picture, result, place, range, kept,
    write: bind(tile.write, { 0: picture, 1: place, 2: tile.input }),
    afterRun: [
      bind(tile.read, { 0: picture, 1: place, 2: tile.output, 3: tile.restored, 4: tile.changes }),
      bind(tile.judge, { 1: place, 2: tile.changes, 3: kept }),
      bind(tile.blend, { 0: picture, 1: place, 2: tile.restored, 3: kept, 4: weights[0]!, 5: weights[1]!, 6: rows }),
    ],
    finish: bind(finish, { 0: picture, 1: rows, 2: result, 3: range }),
    destroy(): void {
      for (const made of [picture, result, place, range, kept, rows, ...weights]) made.destroy();
    },
  };
}
