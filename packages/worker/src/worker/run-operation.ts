import type { Deblur, PixelImage, RunResult } from '@deblur/core';
import type { SentInput } from '../protocol/operations.ts';
import { imageBuffers } from '../protocol/image-buffers.ts';
import { isPlainObject } from '../protocol/plain-object.ts';
import { createRowPainter } from './show-rows.ts';
import { trackSink } from './track-sink.ts';
import type { Operation } from './operation-context.ts';

/** Restores a picture, showing rows as they are done. */
export const runOperation: Operation<'run'> = async ({ input, options, show }, { deblur, signal, onProgress }) => {
  const sinkChanges = trackSink(options.output);
  const painter = show && await prepare(show, input, deblur, signal);
  const result = await deblur.run(input.value, { ...options, signal, onProgress, ...(painter && { onRows: painter }) });
  if (show) await showInItsColours(result, show, deblur);
  const { value: sink, transfer = [] } = sinkChanges();
  return { value: { result: withoutSave(result), ...(sink && { sink }) }, transfer: [...transfer, ...buffersOf(result)] };
};

/** What of a result can be sent. */
export function withoutSave({ save: _save, ...result }: RunResult): Omit<RunResult, 'save'> {
  return result;
}

function buffersOf({ image, output }: RunResult): ArrayBuffer[] {
  const encoded = output?.data?.buffer;
  return [...imageBuffers(image), ...(encoded instanceof ArrayBuffer ? [encoded] : [])];
}

async function prepare(canvas: OffscreenCanvas, { value }: SentInput, deblur: Deblur, signal: AbortSignal): Promise<ReturnType<typeof createRowPainter>> {
  const known = isPlainObject(value) && 'transfer' in value ? value as unknown as PixelImage : undefined;
  const { width, height } = known ?? await deblur.probe(value, { signal });
  return createRowPainter(canvas, width, height);
}

/** Rows are drawn as sRGB; a picture with another profile is drawn once more by a codec that heeds it. */
async function showInItsColours({ image }: RunResult, canvas: OffscreenCanvas, deblur: Deblur): Promise<void> {
  if (image?.icc && deblur.codecs.some((codec) => codec.canWrite(canvas))) await deblur.write(image, canvas);
}
