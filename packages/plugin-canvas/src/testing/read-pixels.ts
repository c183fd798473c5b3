import type { Codec, ImageInfo, OpenOptions, PixelImage, SampleArray, Warning } from '@deblur/core';

/** A whole picture and what was said of it. */
export interface ReadPicture {
  readonly info: ImageInfo;
  readonly image: PixelImage;
  readonly warnings: readonly Warning[];
}

/** Reads a whole picture in one band. */
export async function readPicture(codec: Codec, source: unknown, options: OpenOptions = {}): Promise<ReadPicture> {
  const reader = await codec.open(source, options);
  const image = await reader.read(reader.info.height);
  await reader.close();
  return { info: reader.info, image: image!, warnings: reader.warnings };
}

/** Encodes a picture with `{ format }` as sink. */
export async function writePicture(codec: Codec, image: PixelImage, format: string, lossless = false): Promise<{ data: Uint8Array<ArrayBuffer>; warnings: readonly Warning[] }> {
  const { width, height, channels, transfer, data, alpha, icc, metadata } = image;
  const type = data instanceof Uint8Array ? 'uint8' : data instanceof Uint16Array ? 'uint16' : 'float32';
  const description = { width, height, channels, transfer, type, alpha: alpha !== undefined, ...(icc && { icc }), ...(metadata && { metadata }) } as const;
  const writer = await codec.create({ format }, description, { lossless });
  await writer.write(image);
  const written = await writer.finish();
  return { data: Uint8Array.from(written.data!), warnings: written.warnings };
}

/** RGBA, or what the picture has of it, interleaved. */
export function interleaved({ data, alpha, channels }: PixelImage): SampleArray {
  if (!alpha) return data;
  const samples = channels + 1;
  const joined = data instanceof Uint16Array ? new Uint16Array(alpha.length * samples) : new Uint8Array(alpha.length * samples);
  for (let i = 0; i < alpha.length; i++) {
    for (let c = 0; c < channels; c++) joined[i * samples + c] = data[i * channels + c]!;
    joined[i * samples + channels] = alpha[i]!;
  }
  return joined;
}

/** Largest difference of colours and of opacities of two RGBA pictures. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): { colour: number; opacity: number } {
  if (a.length !== b.length) throw new Error(`${a.length} samples against ${b.length}.`);
  const most = { colour: 0, opacity: 0 };
  for (let i = 0; i < a.length; i++) {
    const kind = i % 4 === 3 ? 'opacity' : 'colour';
    most[kind] = Math.max(most[kind], Math.abs(a[i]! - b[i]!));
  }
  return most;
}
