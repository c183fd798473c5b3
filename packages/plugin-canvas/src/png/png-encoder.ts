import type { Bytes } from '../bytes.ts';
import { joinBytes, latin1, viewOf } from '../bytes.ts';
import type { SampleArray } from '@deblur/core';
import { createPacer } from '../runtime/pacer.ts';
import { crc32 } from './crc32.ts';
import { applyFilter } from './filter-rows.ts';

/** Shape of a PNG to be written. */
export interface PngShape {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly alpha: boolean;
  readonly bits: 8 | 16;
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Writes a PNG row by row; each row gets the filter that makes its bytes smallest. */
export class PngEncoder {
  readonly #shape: PngShape;
  readonly #pixelBytes: number;
  readonly #writer: WritableStreamDefaultWriter<Bytes>;
  readonly #packed: Promise<PackedData>;
  readonly #pause: () => Promise<void>;
  #above: Uint8Array;

  constructor(shape: PngShape, signal?: AbortSignal) {
    this.#shape = shape;
    this.#pixelBytes = ((shape.channels + (shape.alpha ? 1 : 0)) * shape.bits) / 8;
    this.#above = new Uint8Array(shape.width * this.#pixelBytes);
    this.#pause = createPacer(signal);
    const packer = new CompressionStream('deflate');
    this.#writer = packer.writable.getWriter() as WritableStreamDefaultWriter<Bytes>;
    this.#packed = collect(packer.readable.getReader());
    this.#packed.catch(() => undefined);
  }

  /** Takes rows of interleaved samples. */
  async append(samples: SampleArray): Promise<void> {
    const bytes = this.#shape.bits === 16 ? bigEndian(samples) : (samples as Uint8Array);
    const stride = this.#above.length;
    const candidate = new Uint8Array(stride);
    for (let start = 0; start < bytes.length; start += stride) {
      await this.#pause();
      const row = bytes.subarray(start, start + stride);
      const best = new Uint8Array(stride + 1);
      let least = Infinity;
      for (const filter of [1, 2, 3, 4]) {
        const sum = applyFilter(filter, row, this.#above, this.#pixelBytes, candidate);
        if (sum >= least) continue;
        least = sum;
        best[0] = filter;
        best.set(candidate, 1);
      }
      await this.#writer.write(best);
      this.#above = row;
    }
  }

  /** The file. @param before chunks between header and data */
  async finish(before: readonly Bytes[]): Promise<Bytes> {
    await this.#writer.close();
    const { width, height, channels, alpha, bits } = this.#shape;
    const header = new Uint8Array(13);
    viewOf(header).setUint32(0, width);
    viewOf(header).setUint32(4, height);
    header[8] = bits;
    header[9] = (channels === 3 ? 2 : 0) + (alpha ? 4 : 0);
    const { parts, crc } = await this.#packed;
    const length = parts.reduce((sum, part) => sum + part.byteLength, 0);
    return joinBytes([
      signature, pngChunk('IHDR', header), ...before, uint32(length), latin1('IDAT'), ...parts, uint32(crc), pngChunk('IEND', new Uint8Array(0)),
    ]);
  }

  /** Gives up. */
  discard(): void {
    void this.#writer.abort().catch(() => undefined);
  }
}

interface PackedData {
  readonly parts: readonly Bytes[];
  /** Of the name of the chunk and all parts. */
  readonly crc: number;
}

async function collect(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<PackedData> {
  const parts: Bytes[] = [];
  let crc = crc32(latin1('IDAT'));
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { parts, crc };
    crc = crc32(value, crc);
    parts.push(value as Bytes);
  }
}

/** A chunk of a PNG. */
export function pngChunk(type: string, data: Uint8Array): Bytes {
  const name = latin1(type);
  return joinBytes([uint32(data.byteLength), name, data, uint32(crc32(data, crc32(name)))]);
}

function uint32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value);
  return bytes;
}

function bigEndian(samples: SampleArray): Bytes {
  const bytes = new Uint8Array(samples.length * 2);
  for (let i = 0; i < samples.length; i++) {
    bytes[2 * i] = samples[i]! >> 8;
    bytes[2 * i + 1] = samples[i]! & 0xff;
  }
  return bytes;
}
