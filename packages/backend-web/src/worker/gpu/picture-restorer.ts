import { createPictureOutput } from './picture-output.ts';
import { createPictureResources } from './picture-resources.ts';
import { createTilePipelines } from './tile-pipelines.ts';
import { placeBytes } from '../../gpu/shaders/gather-tile.wgsl.ts';
import { readBuffer } from './read-back.ts';
import type * as Runtime from 'onnxruntime-web';
import type { InferenceSession } from 'onnxruntime-web';
import type { BoundPass, PictureResources } from './picture-resources.ts';
import type { PictureOutput, TakenPicture } from './picture-output.ts';
import type { PictureJob } from '../../gpu/picture-job.ts';
import type { RestoredReply, RestoreRequest, StoppedReply } from './messages.ts';
import type { TilePipelines } from './tile-pipelines.ts';

/** What restoring pictures needs. */
export interface PictureRestorerOptions {
  readonly runtime: typeof Runtime;
  readonly session: InferenceSession;
  /** The device the session computes on. */
  readonly device: GPUDevice;
}

/** Who wants to know of a picture under way. */
export interface PictureListener {
  isStopped(): boolean;
  onTiles(done: number): void;
  onShow(bitmap: ImageBitmap): void;
}

/** Restores pictures one after the other; keeps what pictures of one size share. */
export interface PictureRestorer {
  restore(request: RestoreRequest, listener: PictureListener): Promise<RestoredReply | StoppedReply>;
}

/** Tiles handed to the GPU before the first of them must be done: enough to keep it busy, few enough to stop soon. */
const inFlight = 2;

/** Creates a restorer over a session; nothing is allocated before the first picture. */
export function createPictureRestorer({ runtime, session, device }: PictureRestorerOptions): PictureRestorer {
  const { queue } = device;
  let output: PictureOutput | undefined;
  let tile: TilePipelines | undefined;
  let resources: PictureResources | undefined;

  async function prepare(job: PictureJob): Promise<void> {
    if (resources?.job.id === job.id) return;
    resources?.destroy();
    resources = undefined;
    if (tile?.code.id !== job.code.id) {
      tile?.destroy();
      tile = undefined;
      tile = await createTilePipelines(runtime, device, job.code);
    }
    resources = await createPictureResources(device, tile, job);
  }

  async function take({ result }: PictureResources): Promise<TakenPicture> {
    output ??= createPictureOutput(device);
    return output.take(result);
  }

  function run(passes: readonly BoundPass[], rows?: number): void {
    const encoder = device.createCommandEncoder();
    const encoded = encoder.beginComputePass();
    for (const { pass: { pipeline, workgroups: [across, down] }, bindings } of passes) {
      encoded.setPipeline(pipeline);
      encoded.setBindGroup(0, bindings);
      encoded.dispatchWorkgroups(across, rows === undefined ? down : Math.ceil(rows / 8));
    }
    encoded.end();
    queue.submit([encoder.finish()]);
  }

  function finishRows({ job: { finished, ring, strength }, range, finish }: PictureResources, row: number): void {
    const [first, end] = finished[row]!;
    const values = new Int32Array([first, end, ring, 0]);
    new Float32Array(values.buffer)[3] = strength;
    queue.writeBuffer(range, 0, values);
    if (end > first) run([finish], end - first);
  }

  async function load({ picture, result, job: { width, height } }: PictureResources, source: ImageBitmap | VideoFrame): Promise<void> {
    const copy = (from: ImageBitmap | VideoFrame): void =>
      queue.copyExternalImageToTexture({ source: from }, { texture: picture, premultipliedAlpha: false }, [width, height]);
    try {
      copy(source);
    } catch (error) {
      if (!('displayWidth' in source)) throw error;
      // Chromium copies some frames (on SwiftShader all) by way of a bitmap only.
      const bitmap = await createImageBitmap(source);
      copy(bitmap);
      bitmap.close();
    }
    const encoder = device.createCommandEncoder();
    encoder.copyTextureToTexture({ texture: picture }, { texture: result }, [width, height]);
    queue.submit([encoder.finish()]);
  }

  return {
    async restore({ picture, job, outcome, progressive }, { isStopped, onTiles, onShow }): Promise<RestoredReply | StoppedReply> {
      await prepare(job);
      const [shape, made] = [tile!, resources!];
      await load(made, picture);
      const pending: Promise<unknown>[] = [];
      const readBacks: number[] = [];
      const count = async (taking: Promise<TakenPicture>): Promise<TakenPicture> => {
        const taken = await taking;
        if (taken.readBackBytes > 0) readBacks.push(taken.readBackBytes);
        return taken;
      };
      let done = 0;
      const settle = async (most: number): Promise<void> => {
        while (pending.length > most) {
          await pending.shift();
          onTiles(++done);
        }
      };
      for (let index = 0; index < job.tiles; index++) {
        if (isStopped()) return { kind: 'stopped' };
        queue.writeBuffer(made.place, 0, job.places, (index * placeBytes) / 4, placeBytes / 4);
        run([made.write]);
        await session.run(shape.feeds, shape.fetches);
        run(made.afterRun);
        pending.push(queue.onSubmittedWorkDone());
        await settle(inFlight - 1);
        if ((index + 1) % job.columns !== 0) continue;
        finishRows(made, index / job.columns | 0);
        if (progressive && index + 1 < job.tiles) onShow((await count(take(made))).bitmap);
      }
      const taken = outcome === 'picture' ? await count(take(made)) : undefined;
      const kept = new Uint32Array(await readBuffer(device, made.kept));
      const samples = outcome === 'samples' ? new Float32Array(await readBuffer(device, shape.restored)) : undefined;
      await settle(0);
      for (const array of [kept, samples]) if (array) readBacks.push(array.byteLength);
      return {
        kind: 'restored', kept: kept.reduce((sum, flag) => sum + flag, 0),
        readBacks: readBacks.length, readBackBytes: readBacks.reduce((sum, bytes) => sum + bytes, 0),
        ...(taken && { bitmap: taken.bitmap }), ...(samples && { samples }),
      };
    },
  };
}
