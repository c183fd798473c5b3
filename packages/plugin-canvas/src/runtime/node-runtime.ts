import { UnsupportedError } from '@deblur/core';
import type { Bytes } from '../bytes.ts';
import type { AnyCanvas, CanvasRuntime, Drawing } from './canvas-runtime.ts';

/** What the codec uses of the module `@napi-rs/canvas`. */
export interface NodeCanvasModule {
  createCanvas(width: number, height: number): unknown;
  loadImage(source: Uint8Array): Promise<unknown>;
  readonly ImageData: unknown;
}

interface NodeImage {
  readonly naturalWidth: number;
  readonly naturalHeight: number;
}

const moduleName = '@napi-rs/canvas';
const encoders = ['jpeg', 'webp'];

/**
 * Decoders and encoders of @napi-rs/canvas.
 * @param given the module; default: it is imported
 * @throws UnsupportedError if it is not installed or has no binary for this platform
 */
export async function loadNodeRuntime(given: NodeCanvasModule | undefined): Promise<CanvasRuntime> {
  const { createCanvas, loadImage, ImageData } = given ?? (await importModule());
  const MakeImageData = ImageData as typeof globalThis.ImageData;
  return {
    async decode(bytes): Promise<Drawing> {
      const image = (await loadImage(bytes)) as NodeImage;
      return {
        image: image as unknown as CanvasImageSource, width: image.naturalWidth, height: image.naturalHeight, close: () => undefined,
      };
    },
    widestColourSpace: () => 'srgb',
    createCanvas: (width, height) => createCanvas(width, height) as AnyCanvas,
    createImageData: (data, width, height, colorSpace) => new MakeImageData(data, width, height, { colorSpace }),
    async encode(canvas, format, quality): Promise<Bytes | undefined> {
      if (!encoders.includes(format)) return undefined;
      const { encode } = canvas as unknown as { encode(format: string, quality: number): Promise<Bytes> };
      return Uint8Array.from(await encode.call(canvas, format, Math.round(quality * 100)));
    },
  };
}

async function importModule(): Promise<NodeCanvasModule> {
  try {
    // A variable, so that bundlers for browsers leave the module out.
    const name: string = moduleName;
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as NodeCanvasModule;
  } catch (cause) {
    throw new UnsupportedError(
      '@napi-rs/canvas, which decodes and encodes pictures in Node, could not be loaded. Install it beside @deblur/plugin-canvas ' +
        '("npm install @napi-rs/canvas"), or pass the module: canvasCodec({ canvas }).',
      { cause },
    );
  }
}
