import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ImageError, InvalidArgumentError, LimitError } from '@deblur/core';
import { isReadableStream } from './collect-stream.ts';
import type { ReadableSource, StreamCollector } from './collect-stream.ts';
import { isPathText } from './path-text.ts';

/** An encoded picture: a file, or bytes in memory. */
export interface PictureSource {
  /** How messages call it. */
  readonly name: string;
  /** What sharp takes. */
  readonly input: string | Uint8Array;
  /** Size in bytes. */
  readonly bytes: number;
  /** The first bytes, at most 1024. */
  readonly head: Uint8Array;
}

const headBytes = 1024;

/** True for a path, a `file:` URL, bytes, a Blob and a stream. */
export function isPictureSource(source: unknown): boolean {
  if (typeof source === 'string') return isPathText(source);
  if (source instanceof URL) return source.protocol === 'file:';
  return source instanceof Uint8Array || source instanceof ArrayBuffer || source instanceof Blob || isReadableStream(source);
}

/**
 * Finds the bytes of a picture. Files are only looked at; streams are collected.
 * @param maximum most bytes the encoded picture may have
 * @param streams reads the streams
 * @throws ImageError if there is nothing to read; LimitError if it is too large; InvalidArgumentError for another kind of value
 */
export async function locateSource(
  source: unknown, maximum: number, streams: StreamCollector, signal?: AbortSignal,
): Promise<PictureSource> {
  if (!isPictureSource(source)) {
    throw new InvalidArgumentError(
      'The source is not something sharp can read. Pass a path, a file: URL, a Uint8Array, an ArrayBuffer, a Blob or a readable stream.',
    );
  }
  if (typeof source === 'string' && !source.startsWith('file:')) return locateFile(resolve(source), maximum);
  if (typeof source === 'string' || source instanceof URL) return locateFile(fileURLToPath(source), maximum);
  return locateBytes(await readBytes(source as Uint8Array | ArrayBuffer | Blob | ReadableSource, maximum, streams, signal), maximum);
}

async function readBytes(
  source: Uint8Array | ArrayBuffer | Blob | ReadableSource, maximum: number, streams: StreamCollector, signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (!(source instanceof Blob)) return streams.collect(source, maximum, signal);
  checkBytes(source.size, maximum, 'the picture in memory');
  return new Uint8Array(await source.arrayBuffer());
}

function locateBytes(input: Uint8Array, maximum: number): PictureSource {
  const name = 'the picture in memory';
  if (input.byteLength === 0) throw new ImageError('Cannot read the picture in memory: it is empty (0 bytes).');
  checkBytes(input.byteLength, maximum, name);
  return { name, input, bytes: input.byteLength, head: input.subarray(0, headBytes) };
}

async function locateFile(path: string, maximum: number): Promise<PictureSource> {
  try {
    const { size, ...file } = await lookAt(path);
    if (file.isDirectory) throw new ImageError(`Cannot read ${path}: it is a folder. Name a picture in it.`, { details: { path } });
    if (!file.isFile) {
      throw new ImageError(`Cannot read ${path}: it is not a regular file. Pass a stream of it instead.`, { details: { path } });
    }
    if (size === 0) throw new ImageError(`Cannot read ${path}: it is empty (0 bytes).`, { details: { path } });
    checkBytes(size, maximum, path);
    return { name: path, input: path, bytes: size, head: await readHead(path) };
  } catch (error) {
    if (error instanceof ImageError || error instanceof LimitError) throw error;
    throw unreadableFile(error, path);
  }
}

async function lookAt(path: string): Promise<{ size: number; isDirectory: boolean; isFile: boolean }> {
  const stats = await stat(path);
  return { size: stats.size, isDirectory: stats.isDirectory(), isFile: stats.isFile() };
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function unreadableFile(error: unknown, path: string): ImageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file. Check the path',
    ENOTDIR: 'part of the path is not a folder. Check the path',
    EACCES: 'it may not be read. Change its permissions',
    EPERM: 'it may not be read. Change its permissions',
    ENAMETOOLONG: 'the path is too long',
  };
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  return new ImageError(`Cannot read ${path}: ${reason}.`, { cause: error, details: { path, reason: code } });
}

/** @throws LimitError */
function checkBytes(bytes: number, maximum: number, name: string): void {
  if (bytes <= maximum) return;
  throw new LimitError(
    `Did not read ${name}: it has ${bytes} bytes, more than the ${maximum} allowed. If you trust it, raise limits.bytes.`,
    { details: { bytes, limit: maximum, source: name } },
  );
}
