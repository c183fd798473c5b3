import type { Bytes } from '../bytes.ts';
import type { CanvasColourSpace } from '../formats/icc-profile.ts';
import type { AnyCanvas, CanvasRuntime, Drawing } from './canvas-runtime.ts';

/** True where the browser's canvas is there: in pages and workers. */
export function hasBrowserCanvas(): boolean {
  return typeof createImageBitmap === 'function' && typeof ImageData === 'function';
}

/** The browser's own decoders and encoders; they work off the main thread. */
export const browserRuntime: CanvasRuntime = {
  async decode(bytes, mime, managed): Promise<Drawing> {
    const image = await createImageBitmap(new Blob([bytes], { type: mime }), {
      colorSpaceConversion: managed ? 'default' : 'none',
    });
    return { image, width: image.width, height: image.height, close: () => image.close() };
  },
  widestColourSpace(): CanvasColourSpace {
    try {
      return new ImageData(1, 1, { colorSpace: 'display-p3' }).colorSpace === 'display-p3' ? 'display-p3' : 'srgb';
    } catch {
      return 'srgb';
    }
  },
  createCanvas(width, height): AnyCanvas {
    if (typeof OffscreenCanvas === 'function') return new OffscreenCanvas(width, height);
    return Object.assign(document.createElement('canvas'), { width, height });
  },
  createImageData: (data, width, height, colorSpace) => new ImageData(data, width, height, { colorSpace }),
  async encode(canvas, format, quality): Promise<Bytes | undefined> {
    const type = `image/${format}`;
    const blob = 'convertToBlob' in canvas
      ? await canvas.convertToBlob({ type, quality })
      : await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
    // Browsers write PNG where they do not know the format.
    return blob?.type === type ? new Uint8Array(await blob.arrayBuffer()) : undefined;
  },
};
