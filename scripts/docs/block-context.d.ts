// What code in the documentation may use without saying where it comes from. A block that declares one of these names itself is
// checked against its own. Keep this short: a reader does not see it.

/** A picture in memory. */
declare const photo: import('@deblur/core').PixelImage;
/** A client made as on the first pages. */
declare const deblur: import('@deblur/core').Deblur;
/** What a file input or a drop gave. */
declare const file: File;
/** From `new AbortController()`. */
declare const signal: AbortSignal;
/** Shows progress. */
declare const onProgress: import('@deblur/core').ProgressListener;
/** Elements of a page. */
declare const fileInput: HTMLInputElement & { readonly files: FileList };
declare const download: HTMLAnchorElement;
declare const canvas: HTMLCanvasElement;
declare const bitmap: ImageBitmap;
declare const videoFrame: VideoFrame;
/** Decoded pictures. */
declare const bitmap: ImageBitmap;
declare const videoFrame: VideoFrame;
/** Several files, and what is done with each result. */
declare const files: readonly File[];
declare function show(result: unknown): void;
/** A list of paths. */
declare const paths: readonly string[];
