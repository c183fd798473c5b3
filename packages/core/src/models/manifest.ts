import type { GraphNodeSpec } from '../graph/node-spec.ts';
import type { TensorType } from '../runtime/tensor.ts';

/** What a model undoes. */
export type ModelTask = 'motion' | 'defocus' | 'general' | 'denoise' | 'video';

/** Coarse place of a model between speed and quality, for choosing without knowing names. */
export type ModelTier = 'fast' | 'default' | 'quality';

/** Order of a picture tensor's dimensions. */
export type ImageLayout = 'NCHW' | 'NHWC';

/** A tensor that carries a picture. */
export interface ImageTensorSpec {
  readonly name: string;
  readonly role: 'image';
  readonly layout: ImageLayout;
  readonly type: TensorType;
  readonly channels: 1 | 3;
}

/** A tensor that carries one number per picture, given as a run parameter of the same name. */
export interface ParameterTensorSpec {
  readonly name: string;
  readonly role: 'parameter';
  readonly type: TensorType;
  /** Shape; -1 stands for the batch size. */
  readonly dims: readonly number[];
  /** Value when the caller gives none. */
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Meaning and unit. */
  readonly description: string;
}

/** A tensor carried from one frame to the next (recurrent models). */
export interface StateTensorSpec {
  readonly name: string;
  readonly role: 'state';
  readonly type: TensorType;
  readonly layout: ImageLayout;
  readonly channels: number;
  /** State size relative to the picture, e.g. 0.25. */
  readonly scale: number;
  /** Output tensor that holds the next state. */
  readonly next: string;
}

/** A tensor a model takes. */
export type InputTensorSpec = ImageTensorSpec | ParameterTensorSpec | StateTensorSpec;

/** Which picture sizes a model takes, in pixels of its image input. */
export interface SizeRule {
  /** Smallest side. */
  readonly minimum: number;
  /** Both sides are multiples of this. */
  readonly multipleOf: number;
  /** Width must equal height. */
  readonly square?: boolean;
  /** The only size taken. */
  readonly fixed?: { readonly width: number; readonly height: number };
}

/** One file of a model package. */
export interface FileReference {
  /** Path inside the package, with `/`. */
  readonly path: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** Lower-case hex sha256 of the content. */
  readonly sha256: string;
  /** Mirrors for download, tried in order. */
  readonly urls?: readonly string[];
}

/** How weights are stored and computed. */
export type Precision = 'fp32' | 'fp16-stored' | 'int8-stored' | 'fp16' | 'int8';

/** Weights of one precision. */
export interface WeightsFile extends FileReference {
  readonly precision: Precision;
}

/**
 * A picture and what the model makes of it, to check a provider when a session is created.
 * `input`: uint8 H×W×C interleaved. `output`: float32 little-endian, clamped to [0,1], every `stride`-th pixel of every
 * `stride`-th row from (`offset`, `offset`), C interleaved.
 */
export interface GoldenTile {
  readonly width: number;
  readonly height: number;
  readonly input: FileReference;
  readonly output: FileReference;
  readonly stride: number;
  readonly offset: number;
  /** Values of the parameter tensors. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** A provider whose result is below this PSNR in dB (peak 1) to `output` is wrong. */
  readonly minimumPsnr: number;
}

/** Where something comes from and what one may do with it. */
export interface Licence {
  /** SPDX identifier, or `LicenseRef-…`. */
  readonly spdx: string;
  /** Name of the work. */
  readonly name: string;
  /** Where it was published. */
  readonly source: string;
  /** Attribution that must travel along. */
  readonly notice?: string;
}

/** A measured quality, never copied from a paper. */
export interface MeasuredMetric {
  /** Data set and the part of it. */
  readonly dataset: string;
  /** `psnr` in dB, `ssim`, … */
  readonly metric: string;
  /** Value of the blurred or noisy input. */
  readonly before: number;
  /** Value of the result. */
  readonly after: number;
  /** Command in the repository that prints the figure. */
  readonly command: string;
}

/**
 * Describes a model: everything the SDK needs to run it, choose it and credit it.
 * JSON; `packages/core/src/models/manifest.schema.json` is its JSON Schema.
 */
export interface ModelManifest {
  readonly specificationVersion: 1;
  /** Kebab-case, unique in a registry together with `version`. */
  readonly id: string;
  /** Semantic version of weights and manifest. */
  readonly version: string;
  /** One line for lists. */
  readonly title: string;
  /** What it is for and what it is not for. */
  readonly description: string;
  readonly task: ModelTask;
  readonly tier: ModelTier;
  /** Name of the network. */
  readonly architecture: string;
  readonly licences: { readonly weights: Licence; readonly data: readonly Licence[] };
  /** How the files came about, with the command that repeats it. */
  readonly provenance: string;
  readonly tensors: {
    readonly inputs: readonly InputTensorSpec[];
    /** Exactly one image. Next states are named by the state inputs. */
    readonly outputs: readonly ImageTensorSpec[];
  };
  readonly size: SizeRule;
  /** Pixels at a tile's edge that lack context, as measured: never shown where a neighbouring tile exists. */
  readonly halo: number;
  /** Pixels two neighbouring tiles share, ≥ 2 × halo; what exceeds 2 × halo is blended. */
  readonly overlap: number;
  /** `discouraged` when tiles give visibly other results than the whole picture. */
  readonly tiling: 'supported' | 'discouraged';
  /** From picture to image input. */
  readonly pre: readonly GraphNodeSpec[];
  /** From image output to picture; derived from `pre` when absent. */
  readonly post?: readonly GraphNodeSpec[];
  /** Weights, preferred precision first. */
  readonly files: readonly WeightsFile[];
  readonly golden?: GoldenTile;
  /** Peak memory of a session: `fixedBytes + bytesPerPixel × pixels of the batch`. Measured. */
  readonly memory?: { readonly fixedBytes: number; readonly bytesPerPixel: number };
  /** Multiply–accumulates per pixel of the image input. */
  readonly macPerPixel?: number;
  readonly metrics: readonly MeasuredMetric[];
  /**
   * `verified`: run by the project, with figures in `metrics`. `unverified`: address, size and hash are known, the rest is what
   * its publisher says; such a model runs only when named, with a warning, and may have other tensor names than stated here
   * (the file's own are used where it has one picture in and one out). Absent: its author says nothing.
   */
  readonly verification?: 'verified' | 'unverified';
}
