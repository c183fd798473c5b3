import { ImageError } from '@deblur/core';

/** What the browser can make a picture of without a codec: canvas, bitmap, frame, element, blob, pixels. */
export type GpuSource = ImageBitmapSource | VideoFrame;

/**
 * A copy of a source that can be handed to a worker; that of a frame or bitmap shares its memory. The source stays usable.
 * @throws ImageError when it cannot be decoded, is empty, closed, or of another origin
 */
export async function snapshotSource(source: GpuSource): Promise<ImageBitmap | VideoFrame> {
  try {
    if (typeof VideoFrame !== 'undefined' && source instanceof VideoFrame) return source.clone();
    return await createImageBitmap(source as ImageBitmapSource, { premultiplyAlpha: 'none' });
  } catch (error) {
    throw new ImageError(
      `The browser cannot make a picture of what was given: ${error instanceof Error ? error.message : String(error)} Give a canvas, ImageBitmap, `
      + 'ImageData, VideoFrame, loaded image or video element, or a Blob of a picture; not one that is closed, empty or of another origin.',
      { cause: error },
    );
  }
}

/** Size of a picture in pixels as it is shown. */
export function sizeOf(picture: ImageBitmap | VideoFrame): { readonly width: number; readonly height: number } {
  if ('displayWidth' in picture) return { width: picture.displayWidth, height: picture.displayHeight };
  return { width: picture.width, height: picture.height };
}
