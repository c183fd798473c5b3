import { createCanvasCodec } from '../index.ts';
import { readPicture, writePicture } from './read-pixels.ts';

const scope = globalThis as unknown as { onmessage: unknown; postMessage(message: unknown): void };

/** Reads the file it is sent and answers with its pixels and the same picture as JPEG. */
scope.onmessage = async ({ data: file }: MessageEvent<Blob>): Promise<void> => {
  const codec = createCanvasCodec();
  const { image } = await readPicture(codec, file);
  const { data } = await writePicture(codec, { ...image, alpha: undefined } as typeof image, 'jpeg');
  scope.postMessage({ image, jpeg: data });
};
