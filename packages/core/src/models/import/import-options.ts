import type { ImageLayout, ModelManifest, ModelTask, ModelTier } from '../manifest.ts';
import type { ExecutionProvider } from '../../runtime/backend.ts';
import type { ReadOptions } from '../model-package.ts';

/** Numbers in which a network takes and gives pictures. */
export type ValueRange = '0-1' | '0-255' | '-1-1';

/** What the importer cannot know is assumed unless it is told here; `notes` of the result says what was. */
export interface ImportModelOptions extends Pick<ReadOptions, 'signal' | 'onProgress'> {
  /** Kebab-case id. Default: the file's name. */
  readonly id?: string;
  /** Default `1.0.0`. */
  readonly version?: string;
  /** Default: the file's name. */
  readonly title?: string;
  /** Default `motion`. */
  readonly task?: ModelTask;
  /** Default `default`. */
  readonly tier?: ModelTier;
  /** Name of the picture input. Default: the one of rank 4 with 1 or 3 channels. */
  readonly inputName?: string;
  /** Name of the picture output. Default: the first of the size of the input. */
  readonly outputName?: string;
  /** Order of dimensions, where the file leaves the number of channels open. Default `NCHW`. */
  readonly layout?: ImageLayout;
  /** Default: `0-1`, unless the result resembles the picture in another range only. */
  readonly range?: ValueRange;
  /** Default `rgb`. */
  readonly order?: 'rgb' | 'bgr';
  /** The network gives the difference to its input. Default false. */
  readonly residual?: boolean;
  /** The only size the network takes, in pixels. Default: found by trial where the file leaves it open. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Default values of further inputs, by name. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** SPDX identifier of the weights' licence. Default `LicenseRef-unknown`. */
  readonly licence?: string;
  /** Where the weights were published. Default: the file's name. */
  readonly source?: string;
  /** Execution provider for the trials. Default: the backend's last, which works everywhere. */
  readonly provider?: ExecutionProvider;
}

/** Something that was assumed or measured, for a person. */
export interface ImportNote {
  /** Option that changes it, if there is one. */
  readonly option?: keyof ImportModelOptions;
  /** `assumed`: nobody can know; look at it. `measured`: found by running the network. */
  readonly kind: 'assumed' | 'measured';
  readonly message: string;
}

/** What the trials gave. */
export interface ImportMeasurements {
  /** Root mean square change of the result in [0,1] units, by distance in pixels from where the picture was changed. */
  readonly reach: readonly number[];
  /** PSNR in dB between a picture and its result, by range; what was not tried is absent. */
  readonly resemblance: Readonly<Partial<Record<ValueRange, number>>>;
  /** Milliseconds for a megapixel on `provider`, from one run. */
  readonly msPerMegapixel: number;
  readonly provider: ExecutionProvider;
}

/** A model made of an ONNX file. */
export interface ImportedModel {
  readonly manifest: ModelManifest;
  /** All files of the manifest by path: the ONNX file as it was, and the golden tile. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly notes: readonly ImportNote[];
  readonly measured: ImportMeasurements;
}
