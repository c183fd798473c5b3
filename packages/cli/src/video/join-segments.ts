import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AbortedError, OutputError } from '@deblur/core';
import { fractionValue } from './probe-video.ts';
import { startProgram } from './start-program.ts';
import type { PartFolder, Segment } from './part-folder.ts';
import type { VideoInfo } from './probe-video.ts';

/**
 * Joins the segments to the result, with the sound, subtitles, attachments, chapters and tags of the input copied as they are,
 * and moves it into place.
 * @throws OutputError, AbortedError
 */
export async function joinSegments(
  input: string, output: string, ending: string, video: VideoInfo, { path: folder, segments }: PartFolder, signal: AbortSignal,
): Promise<void> {
  const list = join(folder, 'segments.txt');
  const whole = join(folder, `whole-${process.pid}${ending}`);
  await writeFile(list, segmentList(segments, fractionValue(video.frameRate)));
  const program = startProgram('ffmpeg', [
    '-nostdin', '-v', 'error', '-y',
    ...(video.delay > 0.0005 ? ['-itsoffset', video.delay.toFixed(6)] : []), '-f', 'concat', '-safe', '0', '-i', list,
    '-i', input, '-map', '0:v:0', '-map', '1:a?', '-map', '1:s?', '-map', '1:t?', '-map_metadata', '1', '-map_chapters', '1', '-c', 'copy',
    ...(/\.(mp4|mov|m4v)$/.test(ending) ? ['-movflags', '+faststart'] : []), whole,
  ]);
  const stop = (): void => program.kill();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { code, message } = await program.ended;
    AbortedError.throwIfAborted(signal);
    if (code !== 0) {
      throw new OutputError(
        `${output} cannot be put together: ${message}. Sound and subtitles are copied as they are; give the output the ending of the input.`,
        { details: { output } },
      );
    }
    await rename(whole, output);
  } finally {
    signal.removeEventListener('abort', stop);
    await rm(whole, { force: true });
  }
}

/** Segments with their exact durations in whole microseconds, which add up without drift; those in the files are rounded. */
function segmentList(segments: readonly Segment[], frameRate: number): string {
  let frames = 0;
  const end = (): number => Math.round((frames / frameRate) * 1e6);
  return segments.map((segment) => {
    const start = end();
    frames += segment.frames;
    return `file '${segment.name}'\nduration ${((end() - start) / 1e6).toFixed(6)}\n`;
  }).join('');
}
