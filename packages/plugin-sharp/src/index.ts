export { sharpCodec } from './sharp-codec.ts';
export type { SharpCodecOptions } from './sharp-codec.ts';
export type { SharpModule } from './load-sharp.ts';
