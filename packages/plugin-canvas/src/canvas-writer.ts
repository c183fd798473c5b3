import { AbortedError, DisposedError, InvalidArgumentError, OutputError, raceAbort, sampleTypeOf, sliceRows, validateImage } from '@deblur/core';
import type { ImageDescription, ImageWriter, PixelImage, Warning, WrittenImage } from '@deblur/core';
import type { Bytes } from './bytes.ts';
import type { PictureEncoder } from './encode/picture-encoder.ts';
import { createPacer, rowsAtATime } from './runtime/pacer.ts';
import type { OutputFile } from './sink/output-file.ts';
import type { EncodedSink } from './sink/picture-sink.ts';
import type { PixelTarget } from './sink/pixel-target.ts';

/** Where rows go: into an encoder and then to a sink of bytes, or to a sink of pixels. */
export type WriterRoute =
  | { readonly encoder: PictureEncoder; readonly sink: EncodedSink; readonly format: string; readonly file?: OutputFile | undefined }
  | { readonly target: PixelTarget };

/** What a writer works with. */
export interface WriterParts {
  readonly description: ImageDescription;
  readonly route: WriterRoute;
  readonly warnings: readonly Warning[];
  readonly signal: AbortSignal | undefined;
}

/** Collects rows and hands them over when all are there. */
export class CanvasWriter implements ImageWriter {
  readonly #parts: WriterParts;
  readonly #onAbort = (): void => void this.abort().catch(() => undefined);
  readonly #pause: () => Promise<void>;
  #rows = 0;
  #state: 'open' | 'finishing' | 'over' = 'open';
  #work: Promise<unknown> = Promise.resolve();
  #cleaning: Promise<void> | undefined;

  constructor(parts: WriterParts) {
    this.#parts = parts;
    this.#pause = createPacer(parts.signal);
    parts.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  write(rows: PixelImage): Promise<void> {
    const written = this.#work.then(() => this.#write(rows));
    this.#work = written.catch(() => undefined);
    return written;
  }

  async #write(rows: PixelImage): Promise<void> {
    AbortedError.throwIfAborted(this.#parts.signal);
    this.#checkState();
    this.#checkRows(rows);
    this.#rows += rows.height;
    const { route } = this.#parts;
    const step = rowsAtATime(rows.width);
    for (let top = 0; top < rows.height; top += step) {
      const band = sliceRows(rows, top, Math.min(rows.height, top + step));
      if ('target' in route) route.target.append(band);
      else await route.encoder.append(band);
      await this.#pause();
    }
  }

  async finish(): Promise<WrittenImage> {
    await this.#work;
    const { signal, description: { height }, route } = this.#parts;
    AbortedError.throwIfAborted(signal);
    this.#checkState();
    if (this.#rows !== height) {
      await this.abort();
      throw new InvalidArgumentError(`Only ${this.#rows} of ${height} rows were written; write all before finish().`);
    }
    this.#state = 'finishing';
    try {
      const work = 'target' in route ? undefined : route.encoder.finish();
      this.#work = work?.catch(() => undefined) ?? Promise.resolve();
      const bytes = work && (await raceAbort(work, signal));
      await raceAbort(Promise.resolve(), signal);
      signal?.removeEventListener('abort', this.#onAbort);
      const result = await this.#deliver(bytes);
      this.#state = 'over';
      return result;
    } catch (error) {
      const cleaned = this.abort();
      if (!AbortedError.isInstance(error)) await cleaned;
      throw error;
    }
  }

  async #deliver(data: Bytes | undefined): Promise<WrittenImage> {
    const { route, warnings } = this.#parts;
    if ('target' in route) {
      const { bytes, warnings: more } = await route.target.deliver();
      return { format: 'raw', bytes, warnings: [...warnings, ...more] };
    }
    const { sink, format, file } = route;
    const result = { format, bytes: data!.byteLength, warnings };
    if (file) {
      await file.commit(data!);
      return { ...result, path: file.path };
    }
    if (sink.kind === 'memory') return { ...result, data: data! };
    if (sink.kind === 'blob') sink.blob = new Blob([data!], { type: `image/${format}` });
    else if (sink.kind === 'handle') await writeHandle(sink.handle, data!);
    return result;
  }

  abort(): Promise<void> {
    this.#parts.signal?.removeEventListener('abort', this.#onAbort);
    this.#cleaning ??= this.#clean();
    return this.#cleaning;
  }

  async #clean(): Promise<void> {
    if (this.#state === 'open') this.#state = 'over';
    await this.#work;
    this.#state = 'over';
    const { route } = this.#parts;
    if ('target' in route) return;
    route.encoder.discard();
    await route.file?.discard();
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

/** Browsers write to a copy and put it in place when it is closed. */
async function writeHandle(handle: FileSystemFileHandle, data: Bytes): Promise<void> {
  let stream: FileSystemWritableFileStream | undefined;
  try {
    stream = await handle.createWritable();
    await stream.write(data);
    await stream.close();
  } catch (cause) {
    await stream?.abort().catch(() => undefined);
    throw new OutputError(
      `Cannot write ${handle.name}: ${cause instanceof Error ? cause.message : String(cause)}. Ask for permission to write, or choose another file.`,
      { cause, details: { path: handle.name } },
    );
  }
}
