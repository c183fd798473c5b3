import { AbortedError, concatenateRows, DisposedError, InvalidArgumentError } from '@deblur/core';
import type { ImageInfo, ImageMetadata, ImageReader, PixelImage, Warning } from '@deblur/core';
import type { PixelRows } from './pixels/pixel-rows.ts';
import { unpackPixels } from './pixels/unpack-pixels.ts';
import { createPacer, rowsAtATime } from './runtime/pacer.ts';

/** What a reader hands out. */
export interface ReaderParts {
  readonly info: ImageInfo;
  readonly rows: PixelRows;
  readonly icc?: Uint8Array | undefined;
  readonly metadata?: ImageMetadata | undefined;
  readonly warnings: readonly Warning[];
  readonly signal?: AbortSignal | undefined;
}

/** Hands out the rows of a picture; after the last it holds nothing more. */
export class CanvasReader implements ImageReader {
  readonly info: ImageInfo;
  readonly icc?: Uint8Array;
  readonly metadata?: ImageMetadata;
  readonly warnings: readonly Warning[];
  readonly #rows: PixelRows;
  readonly #signal: AbortSignal | undefined;
  readonly #pause: () => Promise<void>;
  #next = 0;
  #closed = false;
  #reading: Promise<unknown> = Promise.resolve();

  constructor({ info, rows, icc, metadata, warnings, signal }: ReaderParts) {
    this.info = info;
    this.#rows = rows;
    if (icc) this.icc = icc;
    if (metadata && Object.keys(metadata).length > 0) this.metadata = metadata;
    this.warnings = warnings;
    this.#signal = signal;
    this.#pause = createPacer(signal);
  }

  /** As the contract says; calls are answered in order. */
  read(rows: number): Promise<PixelImage | undefined> {
    const band = this.#reading.then(() => this.#read(rows));
    this.#reading = band.catch(() => undefined);
    return band;
  }

  async #read(rows: number): Promise<PixelImage | undefined> {
    AbortedError.throwIfAborted(this.#signal);
    if (this.#closed) throw new DisposedError('This picture was closed; open it again to read it.');
    if (!Number.isSafeInteger(rows) || rows < 1) {
      throw new InvalidArgumentError(`rows is ${String(rows)}; it must be a whole number ≥ 1.`);
    }
    const { width, height: total, channels, alpha } = this.info;
    const height = Math.min(rows, total - this.#next);
    if (height === 0) return undefined;
    const bands: PixelImage[] = [];
    for (let done = 0; done < height; ) {
      const count = Math.min(height - done, rowsAtATime(width));
      const pixels = await this.#rows.read(count);
      bands.push({ width, height: count, channels, transfer: 'srgb', ...unpackPixels(pixels, this.#rows.samples, channels, alpha) });
      done += count;
      this.#next += count;
      await this.#pause();
    }
    if (this.#next === total) this.#rows.close();
    return { ...concatenateRows(bands), ...(this.icc && { icc: this.icc }), ...(this.metadata && { metadata: this.metadata }) };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#reading;
    this.#rows.close();
  }
}
