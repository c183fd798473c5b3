import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { AbortedError, DisposedError, InvalidArgumentError, raceAbort, sampleTypeOf, validateImage } from '@deblur/core';
import type { EncodeOptions, ImageDescription, ImageWriter, PixelImage, SampleType, Warning, WrittenImage } from '@deblur/core';
import { encodeSpool } from './encode-spool.ts';
import type { EncodedSpool } from './encode-spool.ts';
import { writeFailure } from './file-failure.ts';
import type { SharpModule } from './load-sharp.ts';
import { outputFormats } from './output-format.ts';
import type { OutputFormat } from './output-format.ts';
import type { OutputFile } from './output-file.ts';
import type { PictureSink } from './picture-sink.ts';
import type { PixelSpool } from './pixel-spool.ts';
import { packRows } from './row-packer.ts';

/** What a writer works with; it removes the spool and the file in the end. */
export interface WriterParts {
  readonly sharp: SharpModule;
  readonly sink: PictureSink;
  readonly description: ImageDescription;
  readonly format: OutputFormat;
  /** Sample type in the file. */
  readonly type: SampleType;
  readonly options: EncodeOptions;
  readonly spool: PixelSpool;
  /** Where the encoded picture goes at first, for files and streams. */
  readonly file?: OutputFile;
  readonly warnings: readonly Warning[];
}

/** Collects rows and encodes them when all are there. */
export class SharpWriter implements ImageWriter {
  readonly #parts: WriterParts;
  readonly #onAbort = (): void => void this.abort().catch(() => undefined);
  #rows = 0;
  #state: 'open' | 'finishing' | 'over' = 'open';
  #work: Promise<unknown> = Promise.resolve();
  #cleaning: Promise<void> | undefined;

  constructor(parts: WriterParts) {
    this.#parts = parts;
    parts.options.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  write(rows: PixelImage): Promise<void> {
    const written = this.#work.then(() => this.#write(rows));
    this.#work = written.catch(() => undefined);
    return written;
  }

  async #write(rows: PixelImage): Promise<void> {
    AbortedError.throwIfAborted(this.#parts.options.signal);
    this.#checkState();
    this.#checkRows(rows);
    const flatten = !outputFormats[this.#parts.format].alpha;
    this.#rows += rows.height;
    await this.#parts.spool.append(packRows(rows, this.#parts.type, flatten));
  }

  async finish(): Promise<WrittenImage> {
    await this.#work;
    AbortedError.throwIfAborted(this.#parts.options.signal);
    this.#checkState();
    const { height } = this.#parts.description;
    if (this.#rows !== height) {
      await this.abort();
      throw new InvalidArgumentError(`Only ${this.#rows} of ${height} rows were written; write all before finish().`);
    }
    this.#state = 'finishing';
    const { signal } = this.#parts.options;
    try {
      const encoding = encodeSpool(this.#parts);
      this.#work = encoding.catch(() => undefined);
      const encoded = await raceAbort(encoding, signal);
      signal?.removeEventListener('abort', this.#onAbort);
      return await this.#deliver(encoded);
    } catch (error) {
      const cleaned = this.abort();
      if (!AbortedError.isInstance(error)) await cleaned;
      throw error;
    }
  }

  async #deliver(encoded: EncodedSpool): Promise<WrittenImage> {
    const { sink, format, file, spool, warnings } = this.#parts;
    const result = { format, bytes: encoded.bytes, warnings: [...warnings, ...encoded.warnings] };
    await spool.remove();
    if (sink.kind === 'stream') await this.#send(file!, sink);
    else if (sink.kind === 'file') await file!.commit();
    this.#state = 'over';
    if (sink.kind === 'memory') return { ...result, data: encoded.data! };
    return sink.kind === 'file' ? { ...result, path: file!.path } : result;
  }

  async #send(file: OutputFile, sink: PictureSink & { kind: 'stream' }): Promise<void> {
    const { signal } = this.#parts.options;
    const standard = (sink.stream as unknown) === process.stdout || (sink.stream as unknown) === process.stderr;
    try {
      await pipeline(createReadStream(file.temporaryPath), sink.stream, { end: !standard, ...(signal && { signal }) });
    } catch (error) {
      AbortedError.throwIfAborted(signal);
      throw writeFailure(error, 'to the stream');
    }
    await file.discard();
  }

  abort(): Promise<void> {
    this.#parts.options.signal?.removeEventListener('abort', this.#onAbort);
    this.#cleaning ??= this.#clean();
    return this.#cleaning;
  }

  async #clean(): Promise<void> {
    if (this.#state === 'open') this.#state = 'over';
    await this.#work;
    this.#state = 'over';
    await this.#parts.spool.remove();
    await this.#parts.file?.discard();
  }

  #checkState(): void {
    if (this.#state !== 'open') throw new DisposedError('This picture was finished or given up; create another to write more.');
  }

  #checkRows(rows: PixelImage): void {
    validateImage(rows, 'rows');
    const { width, height, channels, alpha, type, transfer } = this.#parts.description;
    const expect = (name: string, actual: unknown, expected: unknown): void => {
      if (actual === expected) return;
      throw new InvalidArgumentError(`rows.${name} is ${String(actual)}; the picture was created with ${String(expected)}.`);
    };
    expect('width', rows.width, width);
    expect('channels', rows.channels, channels);
    expect('alpha', rows.alpha !== undefined, alpha);
    expect('type', sampleTypeOf(rows.data), type);
    expect('transfer', rows.transfer, transfer);
    if (this.#rows + rows.height > height) {
      throw new InvalidArgumentError(`${this.#rows} + ${rows.height} rows are more than the ${height} the picture was created with.`);
    }
  }
}
