import type {
  BlindEstimate, BlindOptions, EncodeOptions, EstimateParametricPsfOptions, ImageInfo, ModelManifest, OpenOptions, ParametricEstimate, PixelImage,
  ProviderStatus, Rectangle, RunOptions, RunResult, WrittenImage,
} from '@deblur/core';
import type { BlurFindings, DetectionOptions } from '../page/remote-deblur.ts';

type Callbacks = 'signal' | 'onProgress' | 'onRows';

/** A picture to read. Blobs have a key, so that the worker knows one it has read. */
export interface SentInput {
  readonly value: unknown;
  readonly key?: number;
}

/** What was set on the caller's sink, such as a Blob. */
export type SinkChanges = Readonly<Record<string, unknown>>;

/** A result without its function. */
export interface SentResult {
  readonly result: Omit<RunResult, 'save'>;
  readonly sink?: SinkChanges;
}

/** Everything the page can ask for: what goes to the worker and what comes back, both without functions. */
export interface Operations {
  run: {
    argument: { readonly input: SentInput; readonly options: Omit<RunOptions, Callbacks>; readonly show?: OffscreenCanvas };
    value: SentResult;
  };
  preview: {
    argument: { readonly input: SentInput; readonly region: Rectangle; readonly margin: number; readonly options: Omit<RunOptions, Callbacks> };
    value: SentResult;
  };
  probe: { argument: { readonly input: SentInput; readonly options: Omit<OpenOptions, Callbacks> }; value: ImageInfo };
  read: { argument: { readonly input: SentInput; readonly options: Omit<OpenOptions, Callbacks> }; value: PixelImage };
  write: {
    argument: { readonly image: PixelImage; readonly sink: unknown; readonly options: Omit<EncodeOptions, Callbacks> };
    value: { readonly written: WrittenImage; readonly sink?: SinkChanges };
  };
  detect: { argument: { readonly input: SentInput; readonly options: Omit<DetectionOptions, Callbacks | 'transfer'> }; value: BlurFindings };
  parametric: { argument: { readonly input: SentInput; readonly options: Omit<EstimateParametricPsfOptions, Callbacks> }; value: ParametricEstimate };
  blind: { argument: { readonly input: SentInput; readonly options: Omit<BlindOptions, Callbacks> }; value: BlindEstimate };
  models: { argument: undefined; value: readonly ModelManifest[] };
  providers: { argument: undefined; value: readonly ProviderStatus[] };
}

/** Name of an operation. */
export type OperationName = keyof Operations;
