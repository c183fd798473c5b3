/** How a source is read. */
export type SourceKind = 'bytes' | 'blob' | 'file' | 'url' | 'handle' | 'element' | 'bitmap' | 'frame' | 'pixels' | 'canvas';

const byTag: Readonly<Record<string, SourceKind>> = {
  Blob: 'blob', File: 'blob', FileSystemFileHandle: 'handle', HTMLImageElement: 'element', ImageBitmap: 'bitmap', VideoFrame: 'frame',
  ImageData: 'pixels', HTMLCanvasElement: 'canvas', OffscreenCanvas: 'canvas', ArrayBuffer: 'bytes',
};
const urlScheme = /^(?:[a-z][a-z0-9+.-]+:\/\/|(?:data|blob):)/i;

/** The name of a platform class, also of another window. */
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** True for a canvas of the browser or of @napi-rs/canvas. */
export function isCanvas(value: unknown): boolean {
  return isObject(value) && typeof value['getContext'] === 'function' && typeof value['width'] === 'number';
}

/** True for a handle of a file the user chose or of the origin's private file system. */
export function isFileHandle(value: unknown): boolean {
  return tagOf(value) === 'FileSystemFileHandle';
}

/**
 * What kind of source a value is, by its kind alone; undefined if it is none.
 * @param files whether texts without a scheme are paths (Node) or URLs relative to the page
 */
export function sourceKind(value: unknown, files: boolean): SourceKind | undefined {
  if (typeof value === 'string') return value === '' ? undefined : textKind(value, files);
  if (value instanceof URL) return textKind(value.href, files);
  if (value instanceof Uint8Array) return 'bytes';
  if (!isObject(value)) return undefined;
  const known = byTag[tagOf(value)];
  if (known) return known;
  if (isCanvas(value)) return 'canvas';
  if (value['data'] instanceof Uint8ClampedArray && typeof value['width'] === 'number') return 'pixels';
  return typeof value['naturalWidth'] === 'number' && typeof value['complete'] === 'boolean' ? 'element' : undefined;
}

function textKind(text: string, files: boolean): SourceKind | undefined {
  if (/^file:/i.test(text)) return files ? 'file' : undefined;
  return urlScheme.test(text) || !files ? 'url' : 'file';
}

/** True for a path or `file:` URL in Node. */
export function isPath(value: unknown): value is string | URL {
  return (typeof value === 'string' || value instanceof URL) && sourceKind(value, true) === 'file';
}
