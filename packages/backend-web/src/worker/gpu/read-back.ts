import { bufferUsage, mapForReading } from './webgpu-flags.ts';

/** The content of a buffer, once the GPU has done all it was asked before. */
export async function readBuffer(device: GPUDevice, buffer: GPUBuffer): Promise<ArrayBuffer> {
  return readCopy(device, buffer.size, (encoder, staging) => encoder.copyBufferToBuffer(buffer, 0, staging, 0, buffer.size));
}

/** The pixels of a texture of four bytes a pixel, row by row without gaps. */
export async function readTexture(device: GPUDevice, texture: GPUTexture): Promise<Uint8ClampedArray<ArrayBuffer>> {
  const { width, height } = texture;
  const bytesPerRow = Math.ceil((width * 4) / 256) * 256;
  const rows = new Uint8ClampedArray(await readCopy(device, bytesPerRow * height, (encoder, buffer) =>
    encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow }, [width, height])));
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) pixels.set(rows.subarray(y * bytesPerRow, y * bytesPerRow + width * 4), y * width * 4);
  return pixels;
}

async function readCopy(device: GPUDevice, size: number, copy: (encoder: GPUCommandEncoder, staging: GPUBuffer) => void): Promise<ArrayBuffer> {
  const staging = device.createBuffer({ size, usage: bufferUsage.mapRead | bufferUsage.copyTarget });
  try {
    const encoder = device.createCommandEncoder();
    copy(encoder, staging);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(mapForReading);
    return staging.getMappedRange().slice(0);
  } finally {
    staging.destroy();
  }
}
