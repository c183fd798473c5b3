import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { OutputError } from '@deblur/core';
import type { SequenceState } from '@deblur/core';

/** A finished stretch of frames. */
export interface Segment {
  /** Name in the folder. */
  readonly name: string;
  readonly frames: number;
}

/** Finished segments of a video beside its output, from which a call that was killed goes on. */
export interface PartFolder {
  readonly path: string;
  /** In order, without gaps. */
  readonly segments: readonly Segment[];
  /** Frames of all segments. */
  readonly frames: number;
  /** What a model with states remembers after the last segment. */
  readonly state?: SequenceState;
  /** Where to write a segment that is not finished. */
  partial(): string;
  /** Takes the partial file as the next segment. */
  add(frames: number, state: SequenceState | undefined): Promise<void>;
  /** Removes the folder. */
  remove(): Promise<void>;
}

const pattern = /^segment-(\d{5})-(\d+)\.[a-z0-9]+$/;

/**
 * Opens the folder of an output, and empties it if it is of other settings.
 *
 * @param settings all that the segments depend on
 * @param ending of the segments, with the dot
 * @throws OutputError if it cannot be made
 */
export async function openPartFolder(output: string, settings: unknown, ending: string): Promise<PartFolder> {
  const path = `${output}.deblur-part`;
  const wanted = `${JSON.stringify(settings, null, 2)}\n`;
  const place = (name: string): string => join(path, name);
  const segments: Segment[] = [];
  let state: SequenceState | undefined;

  try {
    const found = await readFile(place('settings.json'), 'utf8').catch(() => undefined) === wanted ? findSegments(await readdir(path)) : [];
    const remembered = await readFile(place(stateName(found.length))).catch(() => undefined);
    if (found.length > 0 && remembered) {
      segments.push(...found);
      state = deserialize(remembered) as SequenceState | undefined;
    } else {
      await rm(path, { recursive: true, force: true });
      await mkdir(path, { recursive: true });
      await writeFile(place('settings.json'), wanted);
    }
  } catch (cause) {
    throw new OutputError(`The folder ${path} for unfinished parts cannot be used: ${(cause as Error).message}.`, { cause });
  }

  const partial = (): string => place(`partial-${process.pid}${ending}`);
  return {
    path, segments, partial,
    get state(): SequenceState | undefined {
      return state;
    },
    get frames(): number {
      return segments.reduce((sum, { frames }) => sum + frames, 0);
    },
    async add(frames, next): Promise<void> {
      const count = segments.length + 1;
      await writeFile(place(`state-${process.pid}.part`), serialize(next));
      await rename(place(`state-${process.pid}.part`), place(stateName(count)));
      const name = `segment-${String(segments.length).padStart(5, '0')}-${frames}${ending}`;
      await rename(partial(), place(name));
      await rm(place(stateName(segments.length)), { force: true });
      segments.push({ name, frames });
      state = next;
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

function stateName(segments: number): string {
  return `state-after-${segments}.bin`;
}

/** The segments among the files of a folder, up to the first gap. */
function findSegments(names: readonly string[]): Segment[] {
  const found = names.flatMap((name) => {
    const match = pattern.exec(name);
    return match ? [{ name, index: Number(match[1]), frames: Number(match[2]) }] : [];
  }).sort((a, b) => a.index - b.index);
  return found.filter(({ index }, place) => index === place).map(({ name, frames }) => ({ name, frames }));
}
