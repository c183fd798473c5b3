export { canvasCodec, createCanvasCodec } from './canvas-codec.ts';
export type { CanvasCodecOptions } from './canvas-codec.ts';
export type { NodeCanvasModule } from './runtime/node-runtime.ts';
export { blobSink, imageBitmapSink, imageDataSink } from './sink/memory-sinks.ts';
export type { BlobSink, ImageBitmapSink, ImageDataSink } from './sink/memory-sinks.ts';
