export { download } from './download.ts';
export type { DownloadOptions } from './download.ts';
export { createMemoryTarget } from './download-target.ts';
export type { DownloadTarget, MemoryTarget } from './download-target.ts';
export type { ByteReader, DownloadRequest, DownloadResponse, Transport } from './transport.ts';
