import { OutputError } from '@deblur/core';
import type { ImageDescription, PixelImage, Warning } from '@deblur/core';
import { ownBytes } from '../bytes.ts';
import { pngBlocks } from '../encode/add-blocks.ts';
import { canvasColourSpace } from '../formats/icc-profile.ts';
import type { CanvasColourSpace } from '../formats/icc-profile.ts';
import { drawnSurface } from '../pixels/drawn-surface.ts';
import { packRgba } from '../pixels/pack-pixels.ts';
import { PngEncoder } from '../png/png-encoder.ts';
import { contextOf } from '../runtime/canvas-runtime.ts';
import type { CanvasRuntime } from '../runtime/canvas-runtime.ts';
import { sourceReduced } from '../source-reduced.ts';
import type { PixelSink } from './picture-sink.ts';

/** Collects rows and hands them over as pixels. */
export interface PixelTarget {
  append(rows: PixelImage): void;
  /**
   * Shows the picture at the sink.
   * @returns its size in bytes
   * @throws OutputError
   */
  deliver(): Promise<{ readonly bytes: number; readonly warnings: readonly Warning[] }>;
}

/** A target for a canvas, an ImageBitmap or ImageData. Profiles canvases do not have are converted to the widest they have. */
export function pixelTarget(sink: PixelSink, description: ImageDescription, runtime: CanvasRuntime): PixelTarget {
  const { width, height, icc } = description;
  let pixels = new Uint8ClampedArray(width * height * 4);
  let top = 0;
  return {
    append(rows): void {
      pixels.set(packRgba(rows, 'keep'), top * width * 4);
      top += rows.height;
    },
    async deliver(): Promise<{ bytes: number; warnings: Warning[] }> {
      const warnings: Warning[] = [];
      let space = canvasColourSpace(icc);
      const widest = runtime.widestColourSpace();
      if (space !== 'srgb' && space !== widest) {
        space = widest;
        pixels = await convert(pixels, description, runtime, space);
        const name = widest === 'srgb' ? 'sRGB' : 'Display P3';
        warnings.push(sourceReduced(`Canvases do not have the colour space of the profile here; the picture was converted to ${name}.`));
      }
      const data = runtime.createImageData(pixels, width, height, space);
      await hand(sink, data, space);
      return { bytes: pixels.byteLength, warnings };
    },
  };
}

async function hand(sink: PixelSink, data: ImageData, space: CanvasColourSpace): Promise<void> {
  try {
    if (sink.kind === 'image-data') sink.imageData = data;
    else if (sink.kind === 'image-bitmap') sink.bitmap = await createImageBitmap(data);
    else {
      // A context that exists keeps its colour space, and putImageData converts to it.
      sink.canvas.width = data.width;
      sink.canvas.height = data.height;
      contextOf(sink.canvas, space).putImageData(data, 0, 0);
    }
  } catch (cause) {
    throw new OutputError(
      `Cannot put ${data.width}×${data.height} pixels on the ${sink.kind}: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        'Pass a canvas that has no context yet, or a 2D one.',
      { cause },
    );
  }
}

/** Lets the runtime convert from a profile, by way of a PNG that carries it. */
async function convert(
  pixels: Uint8ClampedArray<ArrayBuffer>, { width, height, icc }: ImageDescription, runtime: CanvasRuntime, space: CanvasColourSpace,
): Promise<Uint8ClampedArray<ArrayBuffer>> {
  const encoder = new PngEncoder({ width, height, channels: 3, alpha: true, bits: 8 });
  await encoder.append(new Uint8Array(pixels.buffer));
  const png = await encoder.finish(await pngBlocks({ ...(icc && { icc: ownBytes(icc) }), metadata: {} }));
  const surface = drawnSurface(runtime, await runtime.decode(png, 'image/png', true), space);
  const converted = await surface.read(0, 0, width, height);
  surface.close();
  return new Uint8ClampedArray(converted.buffer as ArrayBuffer);
}
