import { ImageError, LimitError, raceAbort } from '@deblur/core';
import { joinBytes, ownBytes } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import { fetchPicture } from './fetch-picture.ts';
import { nodeFiles, nodePaths, nodeUrls } from '../runtime/node-builtins.ts';
import type { SourceKind } from './source-kind.ts';

/** An encoded picture in memory. */
export interface EncodedSource {
  /** How messages call it. */
  readonly name: string;
  readonly bytes: Bytes;
}

const inMemory = 'the picture in memory';

/**
 * Reads the bytes of an encoded picture.
 * @param maximum most bytes
 * @throws ImageError if there is nothing to read; LimitError if it is too large
 */
export async function readSource(source: unknown, kind: SourceKind, maximum: number, signal?: AbortSignal): Promise<EncodedSource> {
  const found = await raceAbort(readBytes(source, kind, maximum, signal), signal);
  if (found.bytes.byteLength === 0) {
    throw new ImageError(`Cannot read ${found.name}: it is empty (0 bytes).`, { details: { source: found.name } });
  }
  checkBytes(found.bytes.byteLength, maximum, found.name);
  return found;
}

async function readBytes(source: unknown, kind: SourceKind, maximum: number, signal?: AbortSignal): Promise<EncodedSource> {
  if (kind === 'url') return fetchPicture(String(source), maximum, signal);
  if (kind === 'file') return readFile(source as string | URL, maximum);
  if (kind === 'handle') return readBlob(await (source as FileSystemFileHandle).getFile(), maximum);
  if (kind === 'blob') return readBlob(source as Blob, maximum);
  return { name: inMemory, bytes: source instanceof Uint8Array ? ownBytes(source) : new Uint8Array(source as ArrayBuffer) };
}

async function readBlob(blob: Blob, maximum: number): Promise<EncodedSource> {
  const name = 'name' in blob && typeof blob.name === 'string' ? blob.name : inMemory;
  checkBytes(blob.size, maximum, name);
  try {
    return { name, bytes: new Uint8Array(await blob.arrayBuffer()) };
  } catch (cause) {
    throw new ImageError(`Cannot read ${name}: the file was moved, changed or may not be read. Choose it again.`, { cause, details: { source: name } });
  }
}

async function readFile(source: string | URL, maximum: number): Promise<EncodedSource> {
  const text = String(source);
  const path = /^file:/i.test(text) ? nodeUrls().fileURLToPath(text) : nodePaths().resolve(text);
  try {
    const file = await nodeFiles().open(path);
    try {
      const stats = await file.stat();
      if (stats.isDirectory()) throw new ImageError(`Cannot read ${path}: it is a folder. Name a picture in it.`, { details: { path } });
      checkBytes(stats.size, maximum, path);
      return { name: path, bytes: ownBytes(await file.readFile()) };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof ImageError || error instanceof LimitError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = { ENOENT: 'there is no such file. Check the path', EACCES: 'it may not be read. Change its permissions' }[code];
    throw new ImageError(`Cannot read ${path}: ${reason ?? (error instanceof Error ? error.message : String(error))}.`, {
      cause: error, details: { path, reason: code },
    });
  }
}

/** @throws LimitError */
export function checkBytes(bytes: number, maximum: number, name: string): void {
  if (bytes <= maximum) return;
  throw new LimitError(
    `Did not read ${name}: it has ${bytes} bytes, more than the ${maximum} allowed. If you trust it, raise limits.bytes.`,
    { details: { bytes, limit: maximum, source: name } },
  );
}

/** Collects a stream, up to a limit. */
export async function collectStream(stream: ReadableStream<Uint8Array>, maximum: number, name: string): Promise<Bytes> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joinBytes(parts);
    total += value.byteLength;
    if (total > maximum) {
      await reader.cancel();
      checkBytes(total, maximum, name);
    }
    parts.push(value);
  }
}
