/** Takes an encoded picture as a Blob. */
export interface BlobSink {
  readonly kind: 'blob';
  /** Format to write; default: `EncodeOptions.format`, else the source's, else PNG. */
  readonly format?: string;
  /** The picture, once it is finished. */
  blob?: Blob;
}

/** Takes a picture as an ImageBitmap, ready to be drawn. */
export interface ImageBitmapSink {
  readonly kind: 'image-bitmap';
  /** The picture, once it is finished; close it after use. */
  bitmap?: ImageBitmap;
}

/** Takes a picture as ImageData: RGBA of 8 bits, not multiplied with opacity. */
export interface ImageDataSink {
  readonly kind: 'image-data';
  /** The picture, once it is finished. */
  imageData?: ImageData;
}

/**
 * A sink whose `blob` is the encoded picture.
 *
 * @param format `png`, `jpeg` or `webp`
 * @example
 * ```ts
 * const sink = blobSink('jpeg');
 * await deblur.run(file, { output: sink });
 * link.href = URL.createObjectURL(sink.blob!);
 * ```
 */
export function blobSink(format?: string): BlobSink {
  return { kind: 'blob', ...(format !== undefined && { format }) };
}

/** A sink whose `bitmap` is the picture; in browsers only. */
export function imageBitmapSink(): ImageBitmapSink {
  return { kind: 'image-bitmap' };
}

/** A sink whose `imageData` is the picture. */
export function imageDataSink(): ImageDataSink {
  return { kind: 'image-data' };
}
