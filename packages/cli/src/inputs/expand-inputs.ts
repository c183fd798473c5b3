import { stat } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { InvalidArgumentError } from '@deblur/core';
import { glob, isDynamicPattern } from 'tinyglobby';

/** Endings of the picture files taken from a folder. */
const pictureEndings = ['avif', 'gif', 'heic', 'heif', 'jpeg', 'jpg', 'png', 'tif', 'tiff', 'webp'];

/**
 * Turns what was given on the command line into files: a file stays, a folder becomes the pictures directly in it, a
 * pattern (`photos/*.jpg`, `**\/*.png`) what it matches. Sorted within each argument, without repeats. Files that do not
 * exist stay in the list, so that each gets its own error.
 *
 * @throws InvalidArgumentError for a pattern or folder without pictures
 */
export async function expandInputs(given: readonly string[]): Promise<string[]> {
  const files = new Set<string>();
  for (const argument of given) {
    for (const file of await expandOne(argument)) files.add(file);
  }
  return [...files];
}

async function expandOne(argument: string): Promise<string[]> {
  const found = await stat(argument).catch(() => undefined);
  if (found?.isDirectory()) {
    const names = await glob(`*.{${pictureEndings.join(',')}}`, { cwd: argument, caseSensitiveMatch: false, onlyFiles: true });
    if (names.length === 0) throw new InvalidArgumentError(`Folder ${argument} holds no pictures (${pictureEndings.join(', ')}).`);
    return names.sort().map((name) => join(argument, name));
  }
  if (found || !isDynamicPattern(argument)) return [argument];
  const matches = await glob(argument, { onlyFiles: true, expandDirectories: false });
  if (matches.length === 0) throw new InvalidArgumentError(`Nothing matches ${argument}. Check the pattern, and quote it if the shell should leave it alone.`);
  return matches.sort().map((match) => normalize(match));
}
