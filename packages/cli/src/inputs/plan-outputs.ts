import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { InvalidArgumentError } from '@deblur/core';
import { videoEndings } from '../video/video-endings.ts';

/** An input and where its result goes. */
export interface Job {
  readonly input: string;
  readonly output: string;
}

/** Formats a result can be written in, by ending. */
const writableEndings = ['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.avif', ...videoEndings];

/**
 * Decides where each result goes: one input may go to a file; several go into a folder under their own names. A target is
 * taken for a folder if it is one, ends in a separator, has no picture ending, or there are several inputs. Without a
 * target, `photo.jpg` becomes `photo.<suffix>.jpg` beside it. Formats that cannot be written become PNG.
 *
 * @throws InvalidArgumentError if a target is unusable or two inputs would meet in one file
 */
export async function planOutputs(inputs: readonly string[], target: string | undefined, suffix: string): Promise<Job[]> {
  const jobs = await Promise.all(inputs.map(async (input) => ({ input, output: await outputFor(input, inputs.length, target, suffix) })));
  const taken = new Map<string, string>();
  for (const { input, output } of jobs) {
    const other = taken.get(resolve(output));
    if (other !== undefined) {
      throw new InvalidArgumentError(`${other} and ${input} would both be written to ${output}. Run them apart or into different folders.`);
    }
    taken.set(resolve(output), input);
  }
  return jobs;
}

async function outputFor(input: string, count: number, target: string | undefined, suffix: string): Promise<string> {
  const ending = extname(input).toLowerCase();
  const stem = basename(input, extname(input));
  const kept = writableEndings.includes(ending) ? extname(input) : '.png';
  if (target === undefined) return join(dirname(input), `${stem}.${suffix}${kept}`);
  if (!(await isFolder(target, count))) return target;
  return join(target, `${stem}${kept}`);
}

async function isFolder(target: string, count: number): Promise<boolean> {
  const found = await stat(target).catch(() => undefined);
  if (found?.isDirectory() || /[\\/]$/.test(target)) return true;
  const picture = writableEndings.includes(extname(target).toLowerCase());
  if (count > 1 && (picture || found)) {
    throw new InvalidArgumentError(`-o ${target} names a file, but there are ${count} inputs. Name a folder.`);
  }
  return count > 1 || (!picture && extname(target) === '' && !found);
}
