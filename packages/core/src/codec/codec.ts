import type { ImageMetadata, PixelImage, SampleType, Transfer } from '../image/pixel-image.ts';
import type { Warning } from '../runtime/warning.ts';

/** What is known of a picture without decoding it. Sizes are those after the stored orientation is applied. */
export interface ImageInfo {
  readonly width: number;
  readonly height: number;
  /** Channels the codec will deliver: 1 for grey, 3 for colour. */
  readonly channels: 1 | 3;
  readonly alpha: boolean;
  /** Sample type the codec will deliver. */
  readonly type: SampleType;
  /** `jpeg`, `png`, `webp`, `tiff`, `avif`, `raw`, … */
  readonly format: string;
  /** Colour space as stored, e.g. `srgb`, `cmyk`, `b-w`. */
  readonly space: string;
  /** Pages or frames in the file; only the first is read. */
  readonly pages: number;
  /** EXIF orientation 1–8 as stored; already accounted for in `width` and `height`. */
  readonly orientation: number;
}

/** Limits that protect against decompression bombs, checked on the declared size before anything is allocated. */
export interface DecodeLimits {
  /** Most pixels of one picture. Default 268 megapixels (2^28). */
  readonly pixels?: number;
  /** Most bytes of the encoded file. Default 1 GiB. */
  readonly bytes?: number;
}

/** How a picture is opened. */
export interface OpenOptions {
  readonly limits?: DecodeLimits;
  /** Read EXIF, XMP, IPTC and density into the bands' `metadata`. Default false. */
  readonly metadata?: boolean;
  readonly signal?: AbortSignal;
}

/** A picture being read from top to bottom. */
export interface ImageReader {
  readonly info: ImageInfo;
  /** ICC profile of the delivered values, if the source has one. */
  readonly icc?: Uint8Array;
  /** Present when asked for and stored in the source. */
  readonly metadata?: ImageMetadata;
  /** What of the source could not be kept. */
  readonly warnings: readonly Warning[];
  /**
   * The next rows: exactly `rows`, fewer at the bottom, `undefined` after the last.
   * Values are as stored (transfer `srgb` unless the codec knows better); alpha is not premultiplied.
   * @throws ImageError if the data is corrupt or truncated
   */
  read(rows: number): Promise<PixelImage | undefined>;
  /** Frees what the reader holds; safe to call twice and before the end. */
  close(): Promise<void>;
}

/** What a writer needs to know before the first row. */
export interface ImageDescription {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly alpha: boolean;
  /** Type of the rows that will be written. 16-bit stays 16-bit where the format can, else `source-reduced` is warned. */
  readonly type: SampleType;
  readonly transfer: Transfer;
  readonly icc?: Uint8Array;
  readonly metadata?: ImageMetadata;
}

/** How a picture is encoded. Options a format does not have are ignored. */
export interface EncodeOptions {
  /** Default: by the sink's file extension, else `fallbackFormat`, else `png`. */
  readonly format?: string;
  /** Format to use where neither `format` nor the sink says one; the pipeline passes the source's. */
  readonly fallbackFormat?: string;
  /** 1–100 for lossy formats. Default: the codec's, chosen so that restoring is not spoiled. */
  readonly quality?: number;
  /** Lossless coding where the format offers both. */
  readonly lossless?: boolean;
  /** Replace an existing file. Default false. */
  readonly overwrite?: boolean;
  readonly signal?: AbortSignal;
}

/** What came of a written picture. */
export interface WrittenImage {
  readonly format: string;
  /** Size of the encoded picture in bytes. */
  readonly bytes: number;
  /** Where it is, for file sinks: absolute path or URL. */
  readonly path?: string;
  /** The encoded picture, for in-memory sinks. */
  readonly data?: Uint8Array;
  readonly warnings: readonly Warning[];
}

/** A picture being written from top to bottom. Nothing is visible at the sink before `finish()` resolves. */
export interface ImageWriter {
  /** Takes the next rows; resolves when the codec can take more. */
  write(rows: PixelImage): Promise<void>;
  /**
   * Encodes, moves the result into place and says where it is.
   * @throws OutputError naming the sink and the remedy; no partial file is left
   */
  finish(): Promise<WrittenImage>;
  /** Gives up and removes every trace. Safe to call twice and after an error. */
  abort(): Promise<void>;
}

/** Image input and output. Implemented by adapters; `@deblur/conformance` has its test suite. */
export interface Codec {
  readonly specificationVersion: 1;
  /** Short stable name, e.g. `sharp`, `canvas`. */
  readonly id: string;
  /** Formats that can be written, by the names `ImageInfo.format` uses. */
  readonly writes: readonly string[];
  /** True if this codec can read such a value (path, URL, buffer, stream, canvas …). Looks at the kind only. */
  canRead(source: unknown): boolean;
  /** True if this codec can write to such a value. Looks at the kind only. */
  canWrite(sink: unknown): boolean;
  /**
   * Size and kind of a picture without decoding it.
   * @throws ImageError, LimitError
   */
  probe(source: unknown, options?: OpenOptions): Promise<ImageInfo>;
  /**
   * Opens a picture for reading by bands of rows.
   * @throws ImageError, LimitError, AbortedError
   */
  open(source: unknown, options?: OpenOptions): Promise<ImageReader>;
  /**
   * Starts a picture at a sink. Fails before any pixel is computed if the sink cannot be written.
   * @throws OutputError, InvalidArgumentError
   */
  create(sink: unknown, description: ImageDescription, options?: EncodeOptions): Promise<ImageWriter>;
}
