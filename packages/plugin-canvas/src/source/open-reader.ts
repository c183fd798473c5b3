import { raceAbort } from '@deblur/core';
import type { ImageReader, OpenOptions } from '@deblur/core';
import { CanvasReader } from '../canvas-reader.ts';
import type { HeaderChecks, PictureFacts } from '../formats/picture-facts.ts';
import { orientRows } from '../pixels/orient-rows.ts';
import type { CanvasRuntime } from '../runtime/canvas-runtime.ts';
import type { DrawableSource } from './open-drawable.ts';
import { openPixels } from './open-pixels.ts';

/** A source whose header was read, or that was made drawable. */
export type Looked =
  | { readonly kind: 'encoded'; readonly facts: PictureFacts; readonly checks: HeaderChecks }
  | { readonly kind: 'drawable'; readonly drawable: DrawableSource };

/** Opens what was looked at for reading. @throws ImageError, AbortedError */
export async function openReader(looked: Looked, options: OpenOptions, runtime: () => Promise<CanvasRuntime>): Promise<ImageReader> {
  const { signal } = options;
  if (looked.kind === 'drawable') {
    const { info, icc, warnings, surface } = looked.drawable;
    return new CanvasReader({ info, rows: orientRows(surface, 1), icc, warnings, signal });
  }
  const { facts, checks } = looked;
  const opening = openPixels(facts, checks, runtime, signal);
  try {
    const rows = await raceAbort(opening, signal);
    const metadata = options.metadata ? facts.metadata : undefined;
    return new CanvasReader({ info: facts.info, rows, icc: facts.icc, metadata, warnings: facts.warnings, signal });
  } catch (error) {
    void opening.then((rows) => rows.close()).catch(() => undefined);
    throw error;
  }
}
