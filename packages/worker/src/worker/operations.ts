import { estimateBlindPsf, estimateParametricPsf } from '@deblur/core';
import type { OperationName } from '../protocol/operations.ts';
import { imageBuffers } from '../protocol/image-buffers.ts';
import { detectOperation } from './detect-operation.ts';
import { previewOperation } from './preview-operation.ts';
import { runOperation } from './run-operation.ts';
import { trackSink } from './track-sink.ts';
import type { Operation } from './operation-context.ts';

/** Everything a page can ask for. */
export const operations: { readonly [Name in OperationName]: Operation<Name> } = {
  run: runOperation,
  preview: previewOperation,
  detect: detectOperation,
  async probe({ input, options }, { deblur, signal }) {
    return { value: await deblur.probe(input.value, { ...options, signal }) };
  },
  async read({ input, options }, { deblur, signal }) {
    const image = await deblur.read(input.value, { ...options, signal });
    return { value: image, transfer: imageBuffers(image) };
  },
  async write({ image, sink, options }, { deblur, signal }) {
    const sinkChanges = trackSink(sink);
    const written = await deblur.write(image, sink, { ...options, signal });
    const { value: changes, transfer = [] } = sinkChanges();
    const encoded = written.data?.buffer;
    return { value: { written, ...(changes && { sink: changes }) }, transfer: [...transfer, ...(encoded instanceof ArrayBuffer ? [encoded] : [])] };
  },
  async parametric({ input, options }, { pictures, signal, onProgress }) {
    return { value: await estimateParametricPsf(await pictures.read(input, signal), { ...options, signal, ...(onProgress && { onProgress }) }) };
  },
  async blind({ input, options }, { pictures, signal, onProgress }) {
    const picture = await pictures.read(input, signal);
    return {
      value: await estimateBlindPsf(picture, { ...options, signal, onProgress: (done, total) => onProgress?.({ stage: 'estimate', done, total }) }),
    };
  },
  async models(_, { deblur }) {
    return { value: deblur.models.list().map(({ manifest }) => manifest) };
  },
  async providers(_, { deblur }) {
    return { value: await deblur.backend?.probe() ?? [] };
  },
};
