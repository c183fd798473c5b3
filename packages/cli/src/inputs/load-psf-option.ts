import { readFile } from 'node:fs/promises';
import { ImageError, InvalidArgumentError, parsePsf, psfFromArray, psfFromImage } from '@deblur/core';
import type { Deblur, Psf, PsfCentre } from '@deblur/core';

/** A PSF in a JSON file: its rows, or its rows and the pixel at which light stays. */
export type PsfDocument = readonly (readonly number[])[] | { readonly rows: readonly (readonly number[])[]; readonly centre?: PsfCentre };

/**
 * What `--psf` names: a description (`motion:15,30`), a JSON file, or a picture (grey, any depth, scaled to sum 1).
 * @throws InvalidArgumentError, ImageError
 */
export async function loadPsfOption(client: Deblur, option: string): Promise<Psf> {
  if (/\.json$/i.test(option)) return psfFromDocument(await readDocument(option), option);
  if (/[\\/]|\.[a-z]{3,4}$/i.test(option)) return psfFromImage(await client.read(option));
  return parsePsf(option);
}

async function readDocument(path: string): Promise<PsfDocument> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new ImageError(`The PSF ${path} cannot be read: ${cause.message}.`, { cause });
  });
  try {
    return JSON.parse(text) as PsfDocument;
  } catch (cause) {
    throw new InvalidArgumentError(`The PSF ${path} is not JSON: ${(cause as Error).message}.`, { cause });
  }
}

function psfFromDocument(document: PsfDocument, path: string): Psf {
  const { rows, centre } = 'rows' in Object(document) ? document as Exclude<PsfDocument, readonly unknown[]> : { rows: document as readonly number[][], centre: undefined };
  const [first] = Array.isArray(rows) ? rows : [];
  if (!Array.isArray(first) || first.length === 0 || rows.some((row) => !Array.isArray(row) || row.length !== first.length || row.some((weight) => typeof weight !== 'number'))) {
    throw new InvalidArgumentError(`The PSF ${path} must hold rows of equally many numbers, [[…], …], or { "rows": [[…], …], "centre": { "x": …, "y": … } }.`);
  }
  return psfFromArray(rows.flat(), { width: first.length, height: rows.length, centre });
}
