import { OutputError, UnsupportedError } from '@deblur/core';
import type { ImageDescription, PixelImage } from '@deblur/core';
import type { Bytes } from '../bytes.ts';
import { splitChunks } from '../formats/webp-chunks.ts';
import type { WebpChunk } from '../formats/webp-chunks.ts';
import { packPixels, packRgba } from '../pixels/pack-pixels.ts';
import { PngEncoder } from '../png/png-encoder.ts';
import { contextOf } from '../runtime/canvas-runtime.ts';
import type { AnyCanvas, CanvasRuntime } from '../runtime/canvas-runtime.ts';
import { createPacer } from '../runtime/pacer.ts';
import { encodeVp8l } from '../vp8l/encode-vp8l.ts';
import { addJpegBlocks, assembleWebp, pngBlocks } from './add-blocks.ts';
import type { KeptBlocks } from './kept-blocks.ts';
import { outputFormats } from './output-format.ts';
import type { OutputFormat } from './output-format.ts';
import type { PictureEncoder } from './picture-encoder.ts';

const vp8lHeaderBytes = 5;
/** At 100 browsers code WebP without loss, at several times the size. */
const highestLossyWebp = 0.99;

/** What an encoder is made for. */
export interface EncoderTask {
  readonly description: ImageDescription;
  readonly format: OutputFormat;
  readonly blocks: KeptBlocks;
  /** 1–100. */
  readonly quality: number | undefined;
  readonly lossless: boolean;
  readonly runtime: () => Promise<CanvasRuntime>;
  readonly signal: AbortSignal | undefined;
}

/**
 * An encoder for a format: PNG and lossless WebP are coded here, exactly; JPEG and lossy WebP by the runtime.
 * @throws UnsupportedError if the runtime has no encoder; OutputError if the picture is too large for a canvas
 */
export async function chooseEncoder(task: EncoderTask): Promise<PictureEncoder> {
  if (task.format === 'png') return pngEncoder(task);
  if (task.format === 'webp' && task.lossless) return losslessWebpEncoder(task);
  const runtime = await task.runtime();
  await checkFormat(runtime, task.format);
  return canvasEncoder(task, runtime);
}

function pngEncoder({ description, blocks, signal }: EncoderTask): PictureEncoder {
  const { width, height, channels, alpha, type } = description;
  const sampleType = type === 'uint8' ? 'uint8' : 'uint16';
  const encoder = new PngEncoder({ width, height, channels, alpha, bits: type === 'uint8' ? 8 : 16 }, signal);
  return {
    append: (rows) => encoder.append(packPixels(rows, sampleType)),
    finish: async () => encoder.finish(await pngBlocks(blocks)),
    discard: () => encoder.discard(),
  };
}

function losslessWebpEncoder({ description, blocks, signal }: EncoderTask): PictureEncoder {
  const { width, height, alpha } = description;
  const pause = createPacer(signal);
  const pixels = new Uint32Array(width * height);
  let at = 0;
  return {
    async append(rows): Promise<void> {
      const rgba = packRgba(rows, 'keep');
      for (let from = 0; from < rgba.length; from += 4) {
        pixels[at++] = ((rgba[from + 3]! << 24) | (rgba[from]! << 16) | (rgba[from + 1]! << 8) | rgba[from + 2]!) >>> 0;
      }
    },
    async finish(): Promise<Bytes> {
      const data = await encodeVp8l(pixels, width, height, alpha, pause);
      return assembleWebp([{ type: 'VP8L', data }], alpha, description, blocks);
    },
    discard: () => undefined,
  };
}

function canvasEncoder(task: EncoderTask, runtime: CanvasRuntime): PictureEncoder {
  const { description, format, blocks } = task;
  const { width, height } = description;
  let canvas: AnyCanvas | undefined = makeCanvas(runtime, format, width, height);
  const opacity = description.alpha && format === 'webp' ? new Uint32Array(width * height) : undefined;
  let top = 0;
  const quality = (task.quality ?? outputFormats[format].quality) / 100;
  return {
    async append(rows): Promise<void> {
      const rgba = packRgba(rows, format === 'jpeg' ? 'white' : 'drop');
      contextOf(canvas!).putImageData(runtime.createImageData(rgba, width, rows.height, 'srgb'), 0, top);
      if (opacity) keepOpacity(rows, opacity, top * width);
      top += rows.height;
    },
    async finish(): Promise<Bytes> {
      const encoded = await encode(runtime, canvas!, format, format === 'webp' ? Math.min(quality, highestLossyWebp) : quality);
      canvas = undefined;
      if (format === 'jpeg') return addJpegBlocks(encoded, blocks);
      const colour = (splitChunks(encoded.subarray(12)) ?? []).filter(({ type }) => type === 'VP8 ' || type === 'VP8L');
      const frame = opacity ? [await opacityChunk(opacity, width, height, task.signal), ...colour] : colour;
      return assembleWebp(frame, opacity !== undefined, description, blocks);
    },
    discard(): void {
      canvas = undefined;
    },
  };
}

async function encode(runtime: CanvasRuntime, canvas: AnyCanvas, format: OutputFormat, quality: number): Promise<Bytes> {
  const { width, height } = canvas;
  let cause: unknown;
  const encoded = await runtime.encode(canvas, format, quality).catch((error: unknown) => void (cause = error));
  if (encoded) return encoded;
  throw new OutputError(`Cannot write the picture: encoding ${width}×${height} pixels as ${format} failed. Memory may be short; use png.`, {
    cause, details: { format, width, height },
  });
}

/** Opacity as grey pixels: the alpha chunk of a WebP holds it in green. */
function keepOpacity(rows: PixelImage, opacity: Uint32Array, from: number): void {
  const rgba = packRgba(rows, 'keep');
  for (let i = 3, to = from; i < rgba.length; i += 4, to++) opacity[to] = (0xff000000 | (rgba[i]! * 0x010101)) >>> 0;
}

/** An ALPH chunk: compressed without loss, not filtered, and without the header of a picture of its own. */
async function opacityChunk(opacity: Uint32Array, width: number, height: number, signal: AbortSignal | undefined): Promise<WebpChunk> {
  const coded = await encodeVp8l(opacity, width, height, false, createPacer(signal));
  const data = coded.slice(vp8lHeaderBytes - 1);
  data[0] = 1;
  return { type: 'ALPH', data };
}

async function checkFormat(runtime: CanvasRuntime, format: OutputFormat): Promise<void> {
  const canvas = runtime.createCanvas(1, 1);
  // Some browsers encode no canvas without a context.
  contextOf(canvas);
  if (await runtime.encode(canvas, format, 0.5)) return;
  throw new UnsupportedError(`This browser cannot write ${format}${format === 'webp' ? ' with loss; use png, or { lossless: true }' : '; use png'}.`, {
    details: { format },
  });
}

/** A canvas that was seen to hold pixels in its far corner: browsers make empty ones where they are too large. */
function makeCanvas(runtime: CanvasRuntime, format: OutputFormat, width: number, height: number): AnyCanvas {
  try {
    const canvas = runtime.createCanvas(width, height);
    const context = contextOf(canvas);
    context.fillStyle = '#fff';
    context.fillRect(width - 1, height - 1, 1, 1);
    if (context.getImageData(width - 1, height - 1, 1, 1).data[0] === 255) return canvas;
  } catch {
    // The same as an empty canvas.
  }
  throw new OutputError(`Cannot write the picture: ${width}×${height} pixels are more than a canvas holds here, and ${format} needs one. Use png.`, {
    details: { format, width, height },
  });
}
