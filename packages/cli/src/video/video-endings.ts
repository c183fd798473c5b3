import { extname } from 'node:path';

/** Endings of files that are treated as video, which needs ffmpeg. */
export const videoEndings: readonly string[] = ['.mp4', '.mov', '.mkv', '.webm', '.avi', '.m4v'];

/** Whether a path is that of a video. */
export function isVideo(path: string): boolean {
  return videoEndings.includes(extname(path).toLowerCase());
}
