import { InvalidArgumentError } from '@deblur/core';
import { hasFiles, nodePaths, nodeUrls } from '../runtime/node-builtins.ts';
import type { AnyCanvas } from '../runtime/canvas-runtime.ts';
import { isCanvas, isFileHandle, isPath } from '../source/source-kind.ts';
import type { BlobSink, ImageBitmapSink, ImageDataSink } from './memory-sinks.ts';

/** Sinks that take encoded bytes. */
export type EncodedSink =
  | { readonly kind: 'file'; readonly path: string; readonly format: string | undefined }
  | { readonly kind: 'handle'; readonly handle: FileSystemFileHandle; readonly format: string | undefined }
  | { readonly kind: 'memory'; readonly format: string | undefined }
  | BlobSink;

/** Sinks that take pixels. */
export type PixelSink = { readonly kind: 'canvas'; readonly canvas: AnyCanvas } | ImageBitmapSink | ImageDataSink;

/** Where a written picture goes. */
export type PictureSink = EncodedSink | PixelSink;

const resultKinds = new Set<unknown>(['blob', 'image-bitmap', 'image-data']);

/** True for a canvas, `{ format }`, the sinks of this package, a file handle and, in Node, a path or `file:` URL. */
export function isPictureSink(sink: unknown): boolean {
  if (typeof sink === 'string' || sink instanceof URL) return hasFiles() && isPath(sink);
  if (typeof sink !== 'object' || sink === null) return false;
  if (isCanvas(sink) || isFileHandle(sink)) return true;
  const { kind, format, stream } = sink as Record<string, unknown>;
  return resultKinds.has(kind) || (typeof format === 'string' && stream === undefined);
}

/** @throws InvalidArgumentError if it is not a sink of this codec */
export function resolveSink(sink: unknown): PictureSink {
  if (!isPictureSink(sink)) {
    throw new InvalidArgumentError(
      'The sink is not something canvas can write to. Pass { format } to get the bytes, a canvas, blobSink(), imageBitmapSink(), ' +
        'imageDataSink(), a FileSystemFileHandle or, in Node, a path.',
    );
  }
  if (typeof sink === 'string' || sink instanceof URL) {
    const text = String(sink);
    const path = /^file:/i.test(text) ? nodeUrls().fileURLToPath(text) : nodePaths().resolve(text);
    return { kind: 'file', path, format: extensionOf(path) };
  }
  if (isCanvas(sink)) return { kind: 'canvas', canvas: sink as AnyCanvas };
  if (isFileHandle(sink)) {
    const handle = sink as FileSystemFileHandle;
    return { kind: 'handle', handle, format: extensionOf(handle.name) };
  }
  const known = sink as BlobSink | PixelSink | { readonly kind?: undefined; readonly format: string };
  return known.kind === undefined ? { kind: 'memory', format: known.format } : known;
}

function extensionOf(name: string): string | undefined {
  return /[^/\\.]\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
}

/** True for a sink that takes pixels. */
export function takesPixels(sink: PictureSink): sink is PixelSink {
  return sink.kind === 'canvas' || sink.kind === 'image-bitmap' || sink.kind === 'image-data';
}
