import { InvalidArgumentError, parsePsf, restorationMethods } from '@deblur/core';
import type { Deblur, DecodeLimits, Psf, RestorationMethod } from '@deblur/core';
import { join } from 'node:path';
import { toHttpError } from './http-error.ts';
import type { HttpError } from './http-error.ts';
import type { Place } from './job-queue.ts';

/** What a caller may choose. */
export interface Choices {
  readonly method?: RestorationMethod;
  readonly psf?: Psf;
}

/** One line of the answer. */
export type RestorationEvent =
  | { readonly queued: number }
  | { readonly progress: { readonly stage: string; readonly done: number; readonly total: number; readonly etaMs?: number } }
  | { readonly result: { readonly path: string; readonly width: number; readonly height: number; readonly method: string; readonly warnings: readonly string[] } }
  | { readonly error: HttpError };

/** @throws InvalidArgumentError for what the SDK does not know */
export function readChoices({ method, psf }: { readonly method?: string; readonly psf?: string }): Choices {
  if (method !== undefined && !restorationMethods.includes(method as RestorationMethod)) {
    throw new InvalidArgumentError(`There is no method ${method}; methods are ${restorationMethods.join(', ')}.`);
  }
  return { ...(method !== undefined && { method: method as RestorationMethod }), ...(psf !== undefined && { psf: parsePsf(psf) }) };
}

export interface Restoration {
  readonly deblur: Deblur;
  readonly picture: Uint8Array;
  /** Format the result is written in. */
  readonly format: string;
  readonly choices: Choices;
  readonly limits: DecodeLimits;
  /** Folder and name of the result, without ending. */
  readonly folder: string;
  readonly id: string;
  readonly place: Place;
  readonly signal: AbortSignal;
}

/**
 * Waits, restores, and tells about it. Progress that a slow reader has not taken is replaced by newer progress, so that nothing piles up.
 */
export async function* restore(restoration: Restoration): AsyncGenerator<RestorationEvent> {
  const { deblur, picture, format, choices, limits, folder, id, place, signal } = restoration;
  try {
    if (place.ahead > 0) yield { queued: place.ahead };
    await place.turn(signal);
    let latest: RestorationEvent | undefined;
    let wake = (): void => undefined;
    let ended = false;
    const running = deblur.run(picture, {
      ...choices, limits, signal, output: join(folder, `${id}.${format}`),
      onProgress: (progress) => {
        latest = { progress };
        wake();
      },
    });
    void running.catch(() => undefined).then(() => {
      ended = true;
      wake();
    });
    while (!ended) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (ended || latest) resolve();
      });
      if (latest) {
        const event = latest;
        latest = undefined;
        yield event;
      }
    }
    const { width, height, method, warnings } = await running;
    yield { result: { path: `/results/${id}.${format}`, width, height, method, warnings: warnings.map(({ message }) => message) } };
  } catch (error) {
    yield { error: toHttpError(error) };
  } finally {
    // Also where the reader went away in the middle.
    place.leave();
  }
}
