import { AbortedError, DisposedError, InvalidArgumentError } from '@deblur/core';
import type { ImageInfo, ImageMetadata, ImageReader, PixelImage, Warning } from '@deblur/core';
import { resetExifOrientation, resetXmpOrientation } from './exif-orientation.ts';
import { profileFits } from './icc-profile.ts';
import { orientRows } from './oriented-rows.ts';
import type { OrientedRows } from './oriented-rows.ts';
import type { PictureFacts } from './picture-facts.ts';
import type { PixelStore } from './pixel-store.ts';
import { unpackRows } from './unpack-rows.ts';

/** Hands out the rows of a decoded picture; after the last it holds nothing more. */
export class SharpReader implements ImageReader {
  readonly info: ImageInfo;
  readonly icc?: Uint8Array;
  readonly metadata?: ImageMetadata;
  readonly warnings: readonly Warning[];
  readonly #rows: OrientedRows;
  readonly #store: PixelStore;
  readonly #samples: number;
  readonly #signal: AbortSignal | undefined;
  #next = 0;
  #closed = false;
  #reading: Promise<unknown> = Promise.resolve();

  /** @param keepMetadata whether `metadata` is filled in */
  constructor(facts: PictureFacts, store: PixelStore, keepMetadata: boolean, signal: AbortSignal | undefined) {
    this.info = facts.info;
    this.#store = store;
    this.#rows = orientRows(store, facts.stored, facts.info.orientation);
    this.#samples = facts.stored.samples;
    this.#signal = signal;
    const warnings = [...facts.warnings];
    const profile = facts.converted ? undefined : facts.metadata.icc;
    if (profile && profileFits(profile, facts.info.channels)) this.icc = Uint8Array.from(profile);
    else if (profile) {
      warnings.push({ code: 'source-reduced', message: 'The ICC profile is not for such pixels (grey or RGB); it was left out.' });
    }
    if (keepMetadata) this.metadata = metadataOf(facts);
    this.warnings = warnings;
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
    const { width, height: total, channels, alpha, type } = this.info;
    const height = Math.min(rows, total - this.#next);
    if (height === 0) return undefined;
    const bytes = await this.#rows.read(this.#next, height);
    this.#next += height;
    if (this.#next === total) await this.#store.close();
    const band: PixelImage = { width, height, channels, transfer: 'srgb', ...unpackRows(bytes, type, this.#samples, channels, alpha) };
    return { ...band, ...(this.icc && { icc: this.icc }), ...(this.metadata && { metadata: this.metadata }) };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#reading;
    await this.#store.close();
  }
}

function metadataOf({ metadata }: PictureFacts): ImageMetadata | undefined {
  const { exif, xmp, iptc, density } = metadata;
  if (!exif && !xmp && !iptc && density === undefined) return undefined;
  return {
    ...(exif && { exif: resetExifOrientation(exif) }),
    ...(xmp && { xmp: resetXmpOrientation(xmp) }),
    ...(iptc && { iptc: Uint8Array.from(iptc) }),
    ...(density !== undefined && { density }),
  };
}
