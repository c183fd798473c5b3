import type { FileReference, ModelManifest } from './manifest.ts';
import type { ProgressListener } from '../runtime/progress.ts';

/** How a file of a model is read. */
export interface ReadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
  /** What the content must be, where the caller knows: for the total of progress, and for caches to check what they hold. */
  readonly expected?: Pick<FileReference, 'bytes' | 'sha256'>;
  /** Further places with the same content, asked in order when the first one fails. */
  readonly mirrors?: readonly URL[];
}

/** Where the files of a model come from. What it returns is verified by the reader, never trusted. */
export interface ModelSource {
  /** For messages: a path, URL or `bytes`. */
  readonly location: string;
  /** The content of one file of the manifest. */
  read(file: FileReference, options?: ReadOptions): Promise<Uint8Array>;
}

/** A model one can register: its manifest and where its files are. */
export interface ModelPackage {
  readonly manifest: ModelManifest;
  readonly source: ModelSource;
}

/**
 * Reads files by URL for sources that name them so (`file:` in Node, `https:` in browsers).
 * Backends bring one as part of their plugin, so that core needs neither fs nor fetch.
 */
export interface FileAccess {
  /** URL protocols it serves, with the colon, e.g. `file:`. */
  readonly protocols: readonly string[];
  read(url: URL, options?: ReadOptions): Promise<Uint8Array>;
}
