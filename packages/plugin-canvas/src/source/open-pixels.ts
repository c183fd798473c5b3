import { DeblurError } from '@deblur/core';
import { drawnSurface, joinSurfaces } from '../pixels/drawn-surface.ts';
import { orientRows } from '../pixels/orient-rows.ts';
import { memorySurface } from '../pixels/pixel-rows.ts';
import type { PixelRows, PixelSurface } from '../pixels/pixel-rows.ts';
import { pngRows, pngSurface } from '../png/png-rows.ts';
import type { CanvasRuntime } from '../runtime/canvas-runtime.ts';
import { createPacer } from '../runtime/pacer.ts';
import type { CodedPixels, HeaderChecks, PictureFacts } from '../formats/picture-facts.ts';
import type { Bytes } from '../bytes.ts';

/**
 * Decodes a picture, or begins to.
 * @throws ImageError if the data is damaged
 */
export async function openPixels(
  { pixels, info, stored }: PictureFacts, checks: HeaderChecks, runtime: () => Promise<CanvasRuntime>, signal?: AbortSignal,
): Promise<PixelRows> {
  if (pixels.kind === 'png') {
    if (info.orientation === 1 && !pixels.layout.interlaced) return pngRows(pixels.layout, checks, signal);
    return orientRows(await pngSurface(pixels.layout, checks, signal), info.orientation);
  }
  if (pixels.kind === 'vp8l') {
    const { decodeVp8l } = await import('../vp8l/decode-vp8l.ts');
    const rgba = await decodeVp8l(pixels.data, stored.width, stored.height, createPacer(signal));
    return orientRows(memorySurface(rgba ?? checks.fail('its data is damaged or cut off'), stored.width, stored.height, 4), info.orientation);
  }
  return orientRows(await decode(pixels, stored, checks, await runtime()), info.orientation);
}

async function decode(
  { mime, colour, opacity, managed }: CodedPixels, stored: PictureFacts['stored'], checks: HeaderChecks, runtime: CanvasRuntime,
): Promise<PixelSurface> {
  const read = async (bytes: Bytes): Promise<PixelSurface> => {
    try {
      const drawing = await runtime.decode(bytes, mime, managed);
      if (drawing.width === stored.width && drawing.height === stored.height) return drawnSurface(runtime, drawing);
      drawing.close();
      return checks.fail(`what was decoded (${drawing.width}×${drawing.height}) is not what its header declares`);
    } catch (error) {
      if (DeblurError.isInstance(error)) throw error;
      return checks.fail(`its data is damaged, or ${mime} is not supported here (${error instanceof Error ? error.message : String(error)})`);
    }
  };
  const first = await read(colour);
  if (!opacity || opacity === colour) return first;
  return joinSurfaces(first, await read(opacity));
}
