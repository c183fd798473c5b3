import { extname } from 'node:path';
import { AbortedError, InvalidArgumentError, raceAbort } from '@deblur/core';
import type {
  Codec, DeblurPlugin, EncodeOptions, ImageDescription, ImageInfo, ImageReader, ImageWriter, OpenOptions, Warning,
} from '@deblur/core';
import { StreamCollector } from './collect-stream.ts';
import { decodeToFile, decodeToMemory } from './decode-pixels.ts';
import { loadSharp } from './load-sharp.ts';
import type { SharpModule } from './load-sharp.ts';
import { OutputFile } from './output-file.ts';
import { checkSide, chooseFormat, formatNamed, outputFormats } from './output-format.ts';
import type { OutputFormat } from './output-format.ts';
import { defaultByteLimit, readPictureFacts } from './picture-facts.ts';
import type { PictureFacts } from './picture-facts.ts';
import { isPictureSink, resolveSink } from './picture-sink.ts';
import type { PictureSink } from './picture-sink.ts';
import { isPictureSource, locateSource } from './picture-source.ts';
import type { PictureSource } from './picture-source.ts';
import { PixelSpool } from './pixel-spool.ts';
import { SharpReader } from './sharp-reader.ts';
import { SharpWriter } from './sharp-writer.ts';
import { TemporaryFiles } from './temporary-files.ts';

/** Options of `sharpCodec`. */
export interface SharpCodecOptions {
  /** The sharp module to use. Default: `import('sharp')` at the first picture. Its global settings are not touched. */
  readonly sharp?: SharpModule;
  /**
   * Folder for the uncompressed rows of large pictures: as many bytes as the picture has samples, once while reading and
   * once while writing. Default: the system's temporary folder.
   */
  readonly temporaryFolder?: string;
  /** Pictures of at most this many pixels are held in memory instead. Default 2^23 (8 megapixels); 0 for none. */
  readonly inMemoryPixels?: number;
}

const defaultInMemoryPixels = 2 ** 23;

/**
 * Image input and output with sharp (libvips): JPEG, PNG, WebP, TIFF and AVIF in and out, GIF in.
 *
 * Sources: a path, a `file:` URL, bytes, a Blob, a Node or web stream (read to its end, encoded, into memory).
 * Sinks: a path, a `file:` URL, `{ format }` for bytes in `WrittenImage.data`, `{ stream, format }`; the stream is ended.
 * Values are those stored, without colour management; the ICC profile goes along. Spaces core has not (CMYK, Lab) become sRGB.
 * Float TIFF is read and written as sRGB-encoded like everything else; without a profile other programs may take it for linear.
 * Memory does not grow with the height of the picture, except where the format itself needs all of it at once
 * (progressive JPEG, interlaced PNG, WebP, AVIF).
 *
 * @example createDeblur({ plugins: [nodeBackend(), sharpCodec()] })
 */
export function sharpCodec(options: SharpCodecOptions = {}): DeblurPlugin {
  return { specificationVersion: 1, id: 'sharp', codec: new SharpCodec(options) };
}

class SharpCodec implements Codec {
  readonly specificationVersion = 1;
  readonly id = 'sharp';
  readonly writes: readonly string[] = Object.keys(outputFormats);
  readonly #inMemoryPixels: number;
  readonly #files: TemporaryFiles;
  readonly #streams = new StreamCollector();
  #sharp: SharpModule | undefined;

  constructor({ sharp, temporaryFolder, inMemoryPixels = defaultInMemoryPixels }: SharpCodecOptions) {
    if (typeof inMemoryPixels !== 'number' || !(inMemoryPixels >= 0)) {
      throw new InvalidArgumentError(`inMemoryPixels is ${String(inMemoryPixels)}; it must be a number ≥ 0.`);
    }
    this.#sharp = sharp;
    this.#files = new TemporaryFiles(temporaryFolder);
    this.#inMemoryPixels = inMemoryPixels;
  }

  canRead(source: unknown): boolean {
    return isPictureSource(source);
  }

  canWrite(sink: unknown): boolean {
    return isPictureSink(sink);
  }

  async probe(source: unknown, options: OpenOptions = {}): Promise<ImageInfo> {
    return (await this.#look(source, options)).facts.info;
  }

  async open(source: unknown, options: OpenOptions = {}): Promise<ImageReader> {
    const { located, facts, sharp } = await this.#look(source, options);
    // sharp's raw output loses the opacity of 8-bit grey, so that goes through a file at any size.
    const inMemory = this.#fits(facts.stored) && facts.stored.samples !== 2;
    const decoding = inMemory ? decodeToMemory(sharp, located, facts) : decodeToFile(sharp, located, facts, this.#files);
    try {
      return new SharpReader(facts, await raceAbort(decoding, options.signal), options.metadata ?? false, options.signal);
    } catch (error) {
      void decoding.then((store) => store.close()).catch(() => undefined);
      throw error;
    }
  }

  async create(sink: unknown, description: ImageDescription, options: EncodeOptions = {}): Promise<ImageWriter> {
    AbortedError.throwIfAborted(options.signal);
    checkEncoding(description, options);
    const target = resolveSink(sink);
    const path = target.kind === 'file' ? target.path : undefined;
    const format = chooseFormat(options, path, target.kind === 'file' ? undefined : target.format);
    checkSide(format, description, path ?? 'the picture');
    const sharp = (this.#sharp ??= await loadSharp());
    const { types, alpha, exif } = outputFormats[format];
    const type = types[description.type];
    const samples = description.channels + (description.alpha && alpha ? 1 : 0);
    const file = await this.#reserve(target, path, options);
    try {
      const inMemory = this.#fits(description) && !(exif && description.metadata?.exif);
      const layout = { width: description.width, height: description.height, samples, type };
      const spool = await PixelSpool.create(layout, this.#files, inMemory);
      const warnings = [...fallbackWarnings(options, target, format), ...reductions(description, format, type, alpha)];
      return new SharpWriter({ sharp, sink: target, description, format, type, options, spool, warnings, ...(file && { file }) });
    } catch (error) {
      await file?.discard();
      throw error;
    }
  }

  async #reserve(
    target: PictureSink, path: string | undefined, options: EncodeOptions,
  ): Promise<OutputFile | undefined> {
    if (target.kind === 'memory') return undefined;
    if (path !== undefined) return OutputFile.reserve(path, options.overwrite ?? false, this.#files);
    return OutputFile.createNameless(this.#files);
  }

  async #look(source: unknown, options: OpenOptions): Promise<{ located: PictureSource; facts: PictureFacts; sharp: SharpModule }> {
    const { signal, limits } = options;
    AbortedError.throwIfAborted(signal);
    const located = await locateSource(source, limits?.bytes ?? defaultByteLimit, this.#streams, signal);
    const sharp = (this.#sharp ??= await loadSharp());
    return { located, sharp, facts: await raceAbort(readPictureFacts(sharp, located, limits), signal) };
  }

  #fits({ width, height }: { readonly width: number; readonly height: number }): boolean {
    return width * height <= this.#inMemoryPixels;
  }
}

function checkEncoding({ width, height }: ImageDescription, { quality }: EncodeOptions): void {
  for (const [name, value] of Object.entries({ width, height })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new InvalidArgumentError(`${name} is ${String(value)}; it must be a whole number of pixels ≥ 1.`);
    }
  }
  if (quality !== undefined && !(Number.isInteger(quality) && quality >= 1 && quality <= 100)) {
    throw new InvalidArgumentError(`quality is ${String(quality)}; it must be a whole number from 1 to 100.`);
  }
}

/** The source's format may be one that is only read (GIF); then PNG takes its place. */
function fallbackWarnings({ format: asked, fallbackFormat }: EncodeOptions, sink: PictureSink, format: OutputFormat): Warning[] {
  const named = asked ?? (sink.kind === 'file' ? extname(sink.path) || undefined : sink.format);
  if (named !== undefined || fallbackFormat === undefined || formatNamed(fallbackFormat)) return [];
  return [{ code: 'option-changed', message: `${fallbackFormat} cannot be written; the picture was written as ${format}.`, details: { format } }];
}

function reductions(description: ImageDescription, format: OutputFormat, type: string, keepsAlpha: boolean): Warning[] {
  const warnings: Warning[] = [];
  const warn = (message: string): void => void warnings.push({ code: 'source-reduced', message, details: { format } });
  if (type !== description.type) warn(`${format} cannot hold ${description.type} samples; they were written as ${type}.`);
  if (format === 'avif' && type === 'uint16') warn('avif holds at most 12 bits a sample; the lowest 4 were cut off.');
  if (description.alpha && !keepsAlpha) warn(`${format} cannot hold opacity; the picture was laid on white.`);
  return warnings;
}
