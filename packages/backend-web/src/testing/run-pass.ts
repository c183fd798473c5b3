import { bufferUsage, textureUsage } from '../worker/gpu/webgpu-flags.ts';
import { compilePass } from '../worker/gpu/tile-pipelines.ts';
import { placeBytes } from '../gpu/shaders/gather-tile.wgsl.ts';
import { readBuffer } from '../worker/gpu/read-back.ts';
import type { Pass } from '../gpu/shaders/write-tensor.wgsl.ts';

/** What a pass works on: the picture at binding 0, its place at 1, further buffers by binding. */
export interface PassMemory {
  readonly picture: ImageData;
  readonly start: { readonly x: number; readonly y: number };
  readonly inputs?: Readonly<Record<number, Uint8Array<ArrayBuffer>>>;
  /** Bytes. */
  readonly outputs: Readonly<Record<number, number>>;
}

/** Runs one pass alone and gives the content of its outputs. */
export async function runPass(device: GPUDevice, pass: Pass, { picture, start, inputs = {}, outputs }: PassMemory): Promise<Readonly<Record<number, ArrayBuffer>>> {
  const size = [picture.width, picture.height];
  const texture = device.createTexture({ size, format: 'rgba8unorm', usage: textureUsage.textureBinding | textureUsage.copyTarget });
  device.queue.writeTexture({ texture }, picture.data as Uint8ClampedArray<ArrayBuffer>, { bytesPerRow: picture.width * 4 }, size);
  const place = device.createBuffer({ size: placeBytes, usage: bufferUsage.uniform | bufferUsage.copyTarget });
  device.queue.writeBuffer(place, 0, Int32Array.of(start.x, start.y));
  const buffers = new Map([...Object.entries(inputs).map(([binding, data]) => [binding, data] as const), ...Object.entries(outputs)].map(([binding, content]) => {
    const bytes = typeof content === 'number' ? content : content.byteLength;
    const buffer = device.createBuffer({ size: bytes, usage: bufferUsage.storage | bufferUsage.copySource | bufferUsage.copyTarget });
    if (typeof content !== 'number') device.queue.writeBuffer(buffer, 0, content);
    return [Number(binding), buffer] as const;
  }));
  const { pipeline } = await compilePass(device, pass);
  const bindings = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [
      { binding: 0, resource: texture.createView() }, { binding: 1, resource: { buffer: place } },
      ...[...buffers].map(([binding, buffer]) => ({ binding, resource: { buffer } })),
    ],
  });
  const encoder = device.createCommandEncoder();
  const encoded = encoder.beginComputePass();
  encoded.setPipeline(pipeline);
  encoded.setBindGroup(0, bindings);
  encoded.dispatchWorkgroups(...pass.workgroups);
  encoded.end();
  device.queue.submit([encoder.finish()]);
  const result: Record<number, ArrayBuffer> = {};
  for (const binding of Object.keys(outputs)) result[Number(binding)] = await readBuffer(device, buffers.get(Number(binding))!);
  return result;
}
