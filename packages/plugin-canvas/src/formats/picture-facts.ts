import type { ImageInfo, ImageMetadata, Warning } from '@deblur/core';
import type { Bytes } from '../bytes.ts';
import type { PngLayout } from '../png/png-layout.ts';

/** Pixels that the runtime's own decoder reads, prepared so that it neither turns nor converts them. */
export interface CodedPixels {
  readonly kind: 'coded';
  readonly mime: string;
  /** The picture without profile, EXIF and, if `opacity` is there, without opacity. */
  readonly colour: Bytes;
  /** The picture whose opacity is read; its colours are not, since decoders multiply them. */
  readonly opacity?: Bytes;
  /** Let the runtime convert to sRGB: for spaces core does not have. */
  readonly managed: boolean;
}

/** Pixels of a PNG, which this package reads itself. */
export interface PngPixels {
  readonly kind: 'png';
  readonly layout: PngLayout;
}

/** Pixels of a lossless WebP with opacity, which this package reads itself. */
export interface Vp8lPixels {
  readonly kind: 'vp8l';
  readonly data: Bytes;
}

/** What the header of a picture says, and what will be made of it. */
export interface PictureFacts {
  readonly info: ImageInfo;
  /** Size before orientation. */
  readonly stored: { readonly width: number; readonly height: number };
  readonly icc?: Bytes;
  readonly metadata: ImageMetadata;
  readonly warnings: readonly Warning[];
  readonly pixels: CodedPixels | PngPixels | Vp8lPixels;
}

/** What the reader of a header reports to. */
export interface HeaderChecks {
  /** @throws LimitError if there are more pixels than allowed; ImageError if there are none */
  size(width: number, height: number): void;
  /** @throws ImageError that the picture cannot be read for this reason */
  fail(reason: string): never;
}
