import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from '@deblur/core';
import { isPathText } from './path-text.ts';

/** Where a written picture goes. */
export type PictureSink =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'memory'; readonly format: string | undefined }
  | { readonly kind: 'stream'; readonly stream: Writable; readonly format: string | undefined };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isWritable(value: unknown): boolean {
  return isObject(value) && (typeof value['write'] === 'function' || typeof value['getWriter'] === 'function');
}

/** True for a path, a `file:` URL, `{ format }` and `{ stream, format }`. */
export function isPictureSink(sink: unknown): boolean {
  if (typeof sink === 'string') return isPathText(sink);
  if (sink instanceof URL) return sink.protocol === 'file:';
  if (!isObject(sink)) return false;
  return 'stream' in sink ? isWritable(sink['stream']) : typeof sink['format'] === 'string';
}

/** @throws InvalidArgumentError if it is not a sink of this codec */
export function resolveSink(sink: unknown): PictureSink {
  if (!isPictureSink(sink)) {
    throw new InvalidArgumentError(
      'The sink is not something sharp can write to. Pass a path, a file: URL, { format } to get the bytes, or { stream, format }.',
    );
  }
  if (typeof sink === 'string') return { kind: 'file', path: sink.startsWith('file:') ? fileURLToPath(sink) : resolve(sink) };
  if (sink instanceof URL) return { kind: 'file', path: fileURLToPath(sink) };
  const { stream, format } = sink as { stream?: unknown; format?: string };
  if (stream === undefined) return { kind: 'memory', format };
  const writable = stream instanceof WritableStream ? Writable.fromWeb(stream) : (stream as Writable);
  return { kind: 'stream', stream: writable, format };
}
