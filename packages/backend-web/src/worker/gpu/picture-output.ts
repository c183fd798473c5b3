import { createPictureDrawer } from './picture-drawer.ts';
import { readTexture } from './read-back.ts';

/** A picture that pages can show. */
export interface TakenPicture {
  /** Belongs to the caller. */
  readonly bitmap: ImageBitmap;
  /** What was copied from the GPU to the processor for it. */
  readonly readBackBytes: number;
}

/** Turns textures into pictures that pages can show. */
export interface PictureOutput {
  take(texture: GPUTexture): Promise<TakenPicture>;
}

/**
 * Draws on a canvas of the worker's own, whose pictures stay on the GPU. Where the processor emulates the GPU (SwiftShader), Chromium's
 * GPU process ends at the first WebGPU canvas; nothing is gained there by staying, so the picture is copied.
 */
export function createPictureOutput(device: GPUDevice): PictureOutput {
  return isEmulated(device) ? copyingOutput(device) : canvasOutput(device);
}

function isEmulated({ adapterInfo }: GPUDevice): boolean {
  return adapterInfo.isFallbackAdapter || adapterInfo.architecture === 'swiftshader';
}

function canvasOutput(device: GPUDevice): PictureOutput {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('webgpu') as GPUCanvasContext;
  const format = navigator.gpu.getPreferredCanvasFormat();
  context.configure({ device, format, alphaMode: 'premultiplied' });
  const draw = createPictureDrawer(device, format);
  return {
    async take(texture): Promise<TakenPicture> {
      if (canvas.width !== texture.width) canvas.width = texture.width;
      if (canvas.height !== texture.height) canvas.height = texture.height;
      draw(texture, context.getCurrentTexture());
      return { bitmap: canvas.transferToImageBitmap(), readBackBytes: 0 };
    },
  };
}

function copyingOutput(device: GPUDevice): PictureOutput {
  return {
    async take(texture): Promise<TakenPicture> {
      const { width, height } = texture;
      const pixels = await readTexture(device, texture);
      const bitmap = await createImageBitmap(new ImageData(pixels, width, height), { premultiplyAlpha: 'premultiply' });
      return { bitmap, readBackBytes: pixels.byteLength };
    },
  };
}
