import { existsSync, globSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AbortedError } from '@deblur/core';
import type { Deblur, RunOptions, RunResult } from '@deblur/core';
import { listPictures } from './list-pictures.ts';

/** What is done with a folder of pictures. */
export interface RestoreFolderOptions {
  readonly input: string;
  /** Gets the same tree of files. */
  readonly output: string;
  /** How each picture is restored. */
  readonly run: Omit<RunOptions, 'output' | 'signal'>;
  /** Pictures that are under way at the same time. */
  readonly atOnce: number;
  readonly signal: AbortSignal;
  readonly onPicture: (event: PictureEvent) => void;
}

/** A picture that was skipped, restored or not. */
export interface PictureEvent {
  readonly path: string;
  /** Pictures settled by now, this one included, and in all. */
  readonly settled: number;
  readonly total: number;
  /** Absent for a picture that had been done before or failed. */
  readonly result?: RunResult;
  readonly error?: Error;
}

export interface FolderReport {
  readonly skipped: number;
  readonly restored: number;
  readonly failed: readonly { readonly path: string; readonly error: Error }[];
  /** Pictures that were not begun, or given up, because of the signal. */
  readonly left: number;
}

/**
 * Restores every picture that has no result yet. A result appears under its name only when it is complete, so a picture whose
 * result exists is done, no matter how an earlier run ended.
 */
export async function restoreFolder(deblur: Deblur, options: RestoreFolderOptions): Promise<FolderReport> {
  const { input, output, run, atOnce, signal, onPicture } = options;
  await removeRemains(output);
  const pictures = listPictures(input);
  const waiting = pictures.values();
  const failed: { path: string; error: Error }[] = [];
  let skipped = 0;
  let restored = 0;
  const settled = (): number => skipped + restored + failed.length;
  const tell = (event: Pick<PictureEvent, 'path' | 'result' | 'error'>): void => onPicture({ ...event, settled: settled(), total: pictures.length });

  async function restore(path: string): Promise<void> {
    const target = join(output, path);
    if (existsSync(target)) {
      skipped++;
      return tell({ path });
    }
    try {
      await mkdir(dirname(target), { recursive: true });
      const result = await deblur.run(join(input, path), { ...run, output: target, signal });
      restored++;
      tell({ path, result });
    } catch (error) {
      if (AbortedError.isInstance(error)) return;
      failed.push({ path, error: error as Error });
      tell({ path, error: error as Error });
    }
  }

  await Promise.all(Array.from({ length: atOnce }, async () => {
    // All share one iterator, so each takes the next picture when it has finished one.
    for (const path of waiting) {
      if (signal.aborted) return;
      await restore(path);
    }
  }));
  return { skipped, restored, failed, left: pictures.length - settled() };
}

/** What a run that was killed had not finished. Only one run may write to a folder at a time. */
async function removeRemains(output: string): Promise<void> {
  await Promise.all(globSync('**/.deblur-*.tmp', { cwd: output }).map((path) => rm(join(output, path))));
}
