import { AbortedError, DeblurError, InvalidArgumentError, raceAbort } from '@deblur/core';
import type { Codec, DeblurPlugin, EncodeOptions, ImageDescription, ImageInfo, ImageReader, ImageWriter, OpenOptions } from '@deblur/core';
import { browserRuntime, hasBrowserCanvas } from './runtime/browser-runtime.ts';
import type { CanvasRuntime } from './runtime/canvas-runtime.ts';
import { hasFiles } from './runtime/node-builtins.ts';
import { loadNodeRuntime } from './runtime/node-runtime.ts';
import type { NodeCanvasModule } from './runtime/node-runtime.ts';
import { isPictureSink } from './sink/picture-sink.ts';
import type { Looked } from './source/open-reader.ts';
import { headerChecks, readFacts } from './source/read-facts.ts';
import { readSource } from './source/read-source.ts';
import { sourceKind } from './source/source-kind.ts';
import type { SourceKind } from './source/source-kind.ts';

/** Options of `canvasCodec` and `createCanvasCodec`. */
export interface CanvasCodecOptions {
  /**
   * The module `@napi-rs/canvas` to use in Node. Default: it is imported at the first picture that needs it.
   * Browsers use their own canvas.
   */
  readonly canvas?: NodeCanvasModule;
}

const defaultPixelLimit = 2 ** 28;
const defaultByteLimit = 2 ** 30;
const encodedKinds: readonly SourceKind[] = ['bytes', 'blob', 'file', 'url', 'handle'];

/**
 * Image input and output with canvas, in browsers (pages and workers) and, over `@napi-rs/canvas`, in Node.
 * What `createCanvasCodec` says holds for its codec.
 *
 * @example createDeblur({ plugins: [webBackend(), canvasCodec()] })
 */
export function canvasCodec(options: CanvasCodecOptions = {}): DeblurPlugin {
  return { specificationVersion: 1, id: 'canvas', codec: createCanvasCodec(options) };
}

/**
 * A codec over canvas: JPEG, PNG, WebP, GIF and AVIF in as far as the runtime decodes them; PNG, JPEG and WebP out.
 *
 * Sources: a Blob or File, a URL (`http(s):`, `blob:`, `data:`; in a page relative ones too), encoded bytes, a
 * FileSystemFileHandle, an image element, ImageBitmap, ImageData, a canvas, a VideoFrame; in Node paths and `file:` URLs.
 * Sinks: `{ format }` for bytes in `WrittenImage.data`, `blobSink()`, `imageBitmapSink()`, `imageDataSink()`, a canvas, a
 * FileSystemFileHandle; in Node paths and `file:` URLs.
 *
 * Values are those stored, without colour management; the ICC profile goes along. Canvases, ImageData and VideoFrames are read in
 * sRGB or Display P3, as they say; ImageBitmaps, which do not say, in sRGB. A FileSystemFileHandle is written over. Sinks of pixels are given the profile's
 * colours. PNG and WebP with opacity do not pass through a canvas, which would round colours; PNG keeps 16 bits and is read
 * and written row by row. CMYK becomes sRGB. Nothing is imported in Node before a picture needs it, and PNG needs nothing.
 */
export function createCanvasCodec(options: CanvasCodecOptions = {}): Codec {
  return new CanvasCodec(options);
}

class CanvasCodec implements Codec {
  readonly specificationVersion = 1;
  readonly id = 'canvas';
  readonly writes: readonly string[] = ['png', 'jpeg', 'webp'];
  readonly #options: CanvasCodecOptions;
  #loading: Promise<CanvasRuntime> | undefined;
  readonly #runtime = (): Promise<CanvasRuntime> => {
    this.#loading ??= hasBrowserCanvas() ? Promise.resolve(browserRuntime) : loadNodeRuntime(this.#options.canvas);
    this.#loading.catch(() => (this.#loading = undefined));
    return this.#loading;
  };

  constructor(options: CanvasCodecOptions) {
    this.#options = options;
  }

  canRead(source: unknown): boolean {
    return sourceKind(source, hasFiles()) !== undefined;
  }

  canWrite(sink: unknown): boolean {
    return isPictureSink(sink);
  }

  async probe(source: unknown, options: OpenOptions = {}): Promise<ImageInfo> {
    const looked = await this.#look(source, options);
    return looked.kind === 'encoded' ? looked.facts.info : looked.drawable.info;
  }

  async open(source: unknown, options: OpenOptions = {}): Promise<ImageReader> {
    const looked = await this.#look(source, options);
    const { openReader } = await import('./source/open-reader.ts');
    return openReader(looked, options, this.#runtime);
  }

  async create(sink: unknown, description: ImageDescription, options: EncodeOptions = {}): Promise<ImageWriter> {
    const { signal } = options;
    AbortedError.throwIfAborted(signal);
    // Half of this package is for writing; it is loaded with the first picture that is written.
    const { createWriter } = await import('./create-writer.ts');
    return createWriter(sink, description, options, this.#runtime);
  }

  async #look(source: unknown, { limits, signal }: OpenOptions): Promise<Looked> {
    AbortedError.throwIfAborted(signal);
    const kind = sourceKind(source, hasFiles());
    if (!kind) {
      throw new InvalidArgumentError(
        'The source is not something canvas can read. Pass a Blob, a URL, bytes, an image element, ImageBitmap, ImageData, a canvas, ' +
          'a VideoFrame or, in Node, a path.',
      );
    }
    const maximum = limits?.pixels ?? defaultPixelLimit;
    const encoded = async (of: unknown, as: SourceKind): Promise<Looked> => {
      const found = await readSource(of, as, limits?.bytes ?? defaultByteLimit, signal);
      const checks = headerChecks(found.name, maximum);
      return { kind: 'encoded', checks, facts: await raceAbort(readFacts(found, checks), signal) };
    };
    if (encodedKinds.includes(kind)) return encoded(source, kind);
    const { currentSrc, src } = source as Partial<HTMLImageElement>;
    const address = currentSrc || src;
    if (kind === 'element' && typeof address === 'string' && address !== '') {
      try {
        return await encoded(address, hasBrowserCanvas() ? 'url' : sourceKind(address, true)!);
      } catch (error) {
        // What cannot be loaded again (revoked, vector) is drawn; limits and aborts hold.
        if (!DeblurError.isInstance(error) || error.code !== 'image-unreadable') throw error;
      }
    }
    const runtime = await raceAbort(this.#runtime(), signal);
    const { openDrawable } = await import('./source/open-drawable.ts');
    return { kind: 'drawable', drawable: await raceAbort(openDrawable(source, kind, maximum, runtime), signal) };
  }
}
