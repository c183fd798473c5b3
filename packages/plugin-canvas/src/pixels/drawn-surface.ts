import type { SampleArray } from '@deblur/core';
import type { CanvasColourSpace } from '../formats/icc-profile.ts';
import { contextOf } from '../runtime/canvas-runtime.ts';
import type { AnyContext, CanvasRuntime, Drawing } from '../runtime/canvas-runtime.ts';
import type { PixelSurface } from './pixel-rows.ts';

/** Longest side of the canvas parts are read through: browsers limit canvases more than pictures. */
const windowSide = 4096;

/** Reads a decoded picture part by part, RGBA of 8 bits, through a small canvas. */
export function drawnSurface(runtime: CanvasRuntime, drawing: Drawing, colourSpace: CanvasColourSpace = 'srgb'): PixelSurface {
  let context: AnyContext | undefined;
  const windowOf = (width: number, height: number): AnyContext => {
    if (context?.canvas.width !== width || context.canvas.height !== height) {
      context = contextOf(runtime.createCanvas(width, height), colourSpace);
      context.imageSmoothingEnabled = false;
      context.globalCompositeOperation = 'copy';
    }
    return context;
  };
  return {
    width: drawing.width, height: drawing.height, samples: 4,
    async read(x, y, width, height): Promise<SampleArray> {
      const part = new Uint8Array(width * height * 4);
      for (let top = 0; top < height; top += windowSide) {
        for (let left = 0; left < width; left += windowSide) {
          const [across, down] = [Math.min(windowSide, width - left), Math.min(windowSide, height - top)];
          const at = windowOf(across, down);
          at.drawImage(drawing.image, x + left, y + top, across, down, 0, 0, across, down);
          const { data } = at.getImageData(0, 0, across, down);
          if (across === width) part.set(data as unknown as Uint8Array, top * width * 4);
          else for (let row = 0; row < down; row++) {
            part.set(data.subarray(row * across * 4, (row + 1) * across * 4) as unknown as Uint8Array, ((top + row) * width + left) * 4);
          }
        }
      }
      return part;
    },
    close(): void {
      context = undefined;
      drawing.close();
    },
  };
}

/** The colours of one surface with the opacity of another, both RGBA. */
export function joinSurfaces(colour: PixelSurface, opacity: PixelSurface): PixelSurface {
  return {
    width: colour.width, height: colour.height, samples: 4,
    async read(x, y, width, height): Promise<SampleArray> {
      const [pixels, mask] = [await colour.read(x, y, width, height), await opacity.read(x, y, width, height)];
      for (let i = 3; i < pixels.length; i += 4) pixels[i] = mask[i]!;
      return pixels;
    },
    close(): void {
      colour.close();
      opacity.close();
    },
  };
}
