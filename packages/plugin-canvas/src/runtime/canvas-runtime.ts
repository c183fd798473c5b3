import type { Bytes } from '../bytes.ts';
import type { CanvasColourSpace } from '../formats/icc-profile.ts';

/** A canvas of any kind; those of @napi-rs/canvas have the same members as far as they are used here. */
export type AnyCanvas = OffscreenCanvas | HTMLCanvasElement;

/** Its 2D context. */
export type AnyContext = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

/** A decoded picture that can be drawn. */
export interface Drawing {
  readonly image: CanvasImageSource;
  readonly width: number;
  readonly height: number;
  close(): void;
}

/** What the codec needs of the browser, or of @napi-rs/canvas in Node. */
export interface CanvasRuntime {
  /**
   * Decodes a picture.
   * @param managed convert from its profile; otherwise values stay as stored
   */
  decode(bytes: Bytes, mime: string, managed: boolean): Promise<Drawing>;
  /** The larger of the colour spaces its canvases have. */
  widestColourSpace(): CanvasColourSpace;
  createCanvas(width: number, height: number): AnyCanvas;
  createImageData(data: Uint8ClampedArray<ArrayBuffer>, width: number, height: number, colourSpace: CanvasColourSpace): ImageData;
  /**
   * Encodes what is on a canvas.
   * @param quality 0–1
   * @returns undefined if there is no encoder for the format
   */
  encode(canvas: AnyCanvas, format: string, quality: number): Promise<Bytes | undefined>;
}

/** The 2D context of a canvas, kept in main memory, since it is read back. */
export function contextOf(canvas: AnyCanvas, colourSpace: CanvasColourSpace = 'srgb'): AnyContext {
  const context = canvas.getContext('2d', { willReadFrequently: true, colorSpace: colourSpace }) as AnyContext | null;
  if (!context) throw new TypeError('The canvas has no 2D context.');
  return context;
}
