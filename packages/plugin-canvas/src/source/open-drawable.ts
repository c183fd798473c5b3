import { ImageError } from '@deblur/core';
import type { ImageInfo, SampleArray, Warning } from '@deblur/core';
import type { Bytes } from '../bytes.ts';
import { displayP3Profile } from '../formats/icc-profile.ts';
import type { CanvasColourSpace } from '../formats/icc-profile.ts';
import { drawnSurface } from '../pixels/drawn-surface.ts';
import { memorySurface, sameKind } from '../pixels/pixel-rows.ts';
import type { PixelSurface } from '../pixels/pixel-rows.ts';
import type { AnyCanvas, AnyContext, CanvasRuntime } from '../runtime/canvas-runtime.ts';
import { createPacer, rowsAtATime } from '../runtime/pacer.ts';
import { sourceReduced } from '../source-reduced.ts';
import { checkPixels } from './read-facts.ts';
import type { SourceKind } from './source-kind.ts';

/** Pixels that were decoded already. */
export interface DrawableSource {
  readonly info: ImageInfo;
  readonly icc?: Bytes;
  readonly warnings: readonly Warning[];
  readonly surface: PixelSurface;
}

interface Found {
  readonly surface: PixelSurface;
  readonly colourSpace: CanvasColourSpace;
  /** True if reading rounds the colours of translucent pixels. */
  readonly rounds: boolean;
}

/**
 * Reads what can be drawn: ImageData, a canvas, an ImageBitmap, a VideoFrame, an image element that cannot be loaded again.
 * @throws ImageError if it is empty, closed or from another site; LimitError
 */
export async function openDrawable(source: unknown, kind: SourceKind, maximum: number, runtime: CanvasRuntime): Promise<DrawableSource> {
  const { surface, colourSpace, rounds } = find(source, kind, maximum, runtime);
  const { width, height, samples } = surface;
  const pixels = await readable(() => readAll(surface));
  surface.close();
  const [alpha, translucent] = lookAtOpacity(pixels);
  const type = pixels instanceof Uint8Array ? 'uint8' : pixels instanceof Uint16Array ? 'uint16' : 'float32';
  return {
    info: { width, height, channels: 3, alpha, type, format: 'raw', space: colourSpace, pages: 1, orientation: 1 },
    ...(colourSpace === 'display-p3' && { icc: displayP3Profile() }),
    warnings: rounds && translucent
      ? [sourceReduced('The colours of translucent pixels were rounded, since canvases hold them multiplied with their opacity.')] : [],
    surface: memorySurface(pixels, width, height, samples),
  };
}

function find(source: unknown, kind: SourceKind, maximum: number, runtime: CanvasRuntime): Found {
  if (kind === 'pixels') {
    const { data, width, height, colorSpace } = source as ImageData;
    checkPixels(width, height, maximum, 'the ImageData');
    return { surface: memorySurface(samplesOf(data), width, height, 4), colourSpace: spaceOf(colorSpace), rounds: false };
  }
  if (kind === 'canvas') {
    const canvas = source as AnyCanvas;
    checkPixels(canvas.width, canvas.height, maximum, 'the canvas');
    const context = canvas.getContext('2d') as AnyContext | null;
    if (context) return readContext(context);
  }
  const [name, width, height] = sizeOf(source, kind);
  checkPixels(width, height, maximum, name);
  const drawing = { image: source as CanvasImageSource, width, height, close: () => undefined };
  // Other sources do not say their colour space, and are drawn in sRGB.
  const wide = kind === 'frame' && String((source as VideoFrame).colorSpace.primaries) === 'smpte432';
  const colourSpace = wide ? 'display-p3' : 'srgb';
  return { surface: drawnSurface(runtime, drawing, colourSpace), colourSpace, rounds: true };
}

function readContext(context: AnyContext): Found {
  const { width, height } = context.canvas;
  // Types leave the method out for OffscreenCanvas; older browsers have it for neither.
  const colourSpace = spaceOf((context as Partial<CanvasSettings>).getContextAttributes?.().colorSpace);
  return {
    // The canvas itself holds multiplied colours, so that reading adds no loss.
    rounds: false,
    colourSpace,
    surface: {
      width, height, samples: 4,
      async read(x, y, across, down): Promise<SampleArray> {
        return samplesOf(context.getImageData(x, y, across, down).data);
      },
      close: () => undefined,
    },
  };
}

function sizeOf(source: unknown, kind: SourceKind): [string, number, number] {
  if (kind === 'frame') {
    const { displayWidth, displayHeight, format } = source as VideoFrame;
    if (format === null && displayWidth === 0) throw new ImageError('Cannot read the VideoFrame: it was closed. Read it before close().');
    return ['the VideoFrame', displayWidth, displayHeight];
  }
  if (kind === 'element') {
    const { naturalWidth, naturalHeight } = source as HTMLImageElement;
    if (naturalWidth === 0) throw new ImageError('Cannot read the image element: it is not loaded. Wait for its decode() first.');
    return ['the image element', naturalWidth, naturalHeight];
  }
  const { width, height } = source as ImageBitmap;
  return [kind === 'bitmap' ? 'the ImageBitmap' : 'the canvas', width, height];
}

/** ImageData of 8 bits, or of floats where canvases have them. */
function samplesOf(data: ArrayLike<number> & ArrayBufferView): SampleArray {
  if (data instanceof Uint8ClampedArray) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return Float32Array.from(data);
}

function spaceOf(name: string | undefined): CanvasColourSpace {
  return name === 'display-p3' ? 'display-p3' : 'srgb';
}

async function readAll(surface: PixelSurface): Promise<SampleArray> {
  const { width, height, samples } = surface;
  const pause = createPacer();
  const step = rowsAtATime(width);
  let all: SampleArray | undefined;
  for (let top = 0; top < height; top += step) {
    const band = await surface.read(0, top, width, Math.min(step, height - top));
    all ??= sameKind(band, width * height * samples);
    all.set(band, top * width * samples);
    await pause();
  }
  return all!;
}

async function readable(work: () => Promise<SampleArray>): Promise<SampleArray> {
  try {
    return await work();
  } catch (cause) {
    const tainted = cause instanceof Error && cause.name === 'SecurityError';
    throw new ImageError(
      tainted
        ? 'Cannot read the picture: it holds pixels of another site. Load them with CORS (crossOrigin = "anonymous").'
        : `Cannot read the picture: ${cause instanceof Error ? cause.message : String(cause)}.`,
      { cause },
    );
  }
}

/** Whether any pixel is not opaque, and whether any is neither opaque nor clear. */
function lookAtOpacity(pixels: SampleArray): [boolean, boolean] {
  const full = pixels instanceof Uint8Array ? 255 : 1;
  let alpha = false;
  for (let i = 3; i < pixels.length; i += 4) {
    if (pixels[i] === full) continue;
    alpha = true;
    if (pixels[i] !== 0) return [true, true];
  }
  return [alpha, false];
}
