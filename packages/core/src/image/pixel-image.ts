/** Type of one sample: 8-bit [0,255], 16-bit [0,65535] or float with nominal range [0,1]. */
export type SampleType = 'uint8' | 'uint16' | 'float32';

/** Typed array that holds samples. */
export type SampleArray = Uint8Array | Uint16Array | Float32Array;

/** How sample values relate to light: sRGB-encoded, or proportional to light. */
export type Transfer = 'srgb' | 'linear';

/** Metadata blocks carried unchanged from the source; core never interprets them. */
export interface ImageMetadata {
  /** Raw EXIF block. Its orientation tag is already applied to the pixels and reset by the codec. */
  exif?: Uint8Array;
  /** XMP packet. */
  xmp?: Uint8Array;
  /** IPTC block. */
  iptc?: Uint8Array;
  /** Pixels per inch. */
  density?: number;
}

/**
 * The one pixel contract. H×W×C interleaved, rows without padding, first row at the top, orientation already applied.
 * A band of rows of a larger picture is a `PixelImage` too, whose `height` is the number of rows.
 */
export interface PixelImage {
  /** Pixels per row, ≥ 1. */
  readonly width: number;
  /** Rows, ≥ 1. */
  readonly height: number;
  /** 1 for grey, 3 for RGB. */
  readonly channels: 1 | 3;
  /** `height × width × channels` samples: Uint8Array [0,255], Uint16Array [0,65535] or Float32Array [0,1]. */
  readonly data: SampleArray;
  /** Meaning of the values in `data`. */
  readonly transfer: Transfer;
  /** `height × width` opacity samples of the same array type as `data`, not premultiplied. Never restored, only kept. */
  readonly alpha?: SampleArray;
  /** ICC profile of the values in `data`. */
  readonly icc?: Uint8Array;
  /** Metadata of the source, kept on request. */
  readonly metadata?: ImageMetadata;
}
