import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { ImageMetadata } from '@deblur/core';
import { bigTiffHeader, bigTiffTrailer } from './big-tiff.ts';
import { temporaryFailure } from './file-failure.ts';
import { rowBytes } from './sample-layout.ts';
import type { SampleLayout } from './sample-layout.ts';
import type { TemporaryFiles } from './temporary-files.ts';
import { vipsHeader, vipsHeaderBytes, vipsTrailer } from './vips-file.ts';

/** Profile and metadata that go with the pixels. */
export interface SpoolBlocks {
  readonly icc?: Uint8Array;
  readonly metadata?: ImageMetadata;
}

/**
 * Collects uncompressed rows, in memory or in a temporary file, until they can be encoded. The rows begin at byte 64;
 * what comes before and after makes the whole either a BigTIFF or a file of libvips' own format.
 */
export class PixelSpool {
  /** How the rows lie. */
  readonly layout: SampleLayout;
  readonly #files: TemporaryFiles;
  readonly #pixelBytes: number;
  #memory: Uint8Array | undefined;
  #path: string | undefined;
  #file: FileHandle | undefined;
  #position = vipsHeaderBytes;

  private constructor(layout: SampleLayout, files: TemporaryFiles) {
    this.layout = layout;
    this.#files = files;
    this.#pixelBytes = rowBytes(layout) * layout.height;
  }

  /**
   * An empty spool.
   * @throws OutputError if the temporary folder cannot be written to
   */
  static async create(layout: SampleLayout, files: TemporaryFiles, inMemory: boolean): Promise<PixelSpool> {
    const spool = new PixelSpool(layout, files);
    if (inMemory) {
      spool.#memory = new Uint8Array(vipsHeaderBytes + spool.#pixelBytes);
    } else {
      spool.#path = await files.create('spool');
      spool.#file = await open(spool.#path, 'r+');
    }
    return spool;
  }

  /** Takes the next rows; at most those the layout has left. */
  async append(bytes: Uint8Array): Promise<void> {
    const position = this.#position;
    this.#position += bytes.byteLength;
    await this.#write(bytes, position);
  }

  /** Makes the rows a TIFF that sharp can open: its path, or its bytes if it is in memory. EXIF is not in it. */
  async sealAsTiff(blocks: SpoolBlocks): Promise<string | Uint8Array> {
    const end = vipsHeaderBytes + this.#pixelBytes;
    const start = Math.ceil(end / 8) * 8;
    const trailer = bigTiffTrailer(this.layout, vipsHeaderBytes, start, blocks.icc, blocks.metadata);
    await this.#write(bigTiffHeader(start), 0);
    await this.#write(Buffer.concat([new Uint8Array(start - end), trailer]), end);
    return this.#path ?? this.#memory!;
  }

  /** Makes the rows a libvips file with all blocks, EXIF too: its path. Only for a spool in a file. */
  async sealAsVips(blocks: SpoolBlocks): Promise<string> {
    await this.#write(vipsHeader(this.layout, blocks.metadata), 0);
    await this.#write(vipsTrailer(blocks.icc, blocks.metadata), vipsHeaderBytes + this.#pixelBytes);
    return this.#path!;
  }

  /** Removes the rows. Safe to call twice. */
  async remove(): Promise<void> {
    this.#memory = undefined;
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
    if (this.#path) await this.#files.remove(this.#path);
  }

  async #write(bytes: Uint8Array, position: number): Promise<void> {
    if (this.#file) return this.#writeFile(this.#file, bytes, position);
    const held = this.#memory ?? new Uint8Array(0);
    if (position + bytes.byteLength > held.byteLength) {
      this.#memory = new Uint8Array(position + bytes.byteLength);
      this.#memory.set(held);
    }
    this.#memory!.set(bytes, position);
  }

  async #writeFile(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
    try {
      for (let done = 0; done < bytes.byteLength; ) {
        done += (await file.write(bytes, done, bytes.byteLength - done, position + done)).bytesWritten;
      }
    } catch (error) {
      throw temporaryFailure(error, this.#files.folder);
    }
  }
}
