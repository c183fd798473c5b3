import { ImageError } from '@deblur/core';
import { startProgram } from './start-program.ts';
import { toRgbFilter } from './colour-arguments.ts';
import type { PixelImage } from '@deblur/core';
import type { VideoInfo } from './probe-video.ts';

/**
 * Decodes the frames of a video one after the other, upright, at a constant rate; a frame is decoded when it is asked for.
 *
 * @param first frames to leave out at the beginning; they are decoded, so that the count is exact
 * @throws UnsupportedError without ffmpeg; ImageError if the file is corrupt
 */
export async function* readFrames(path: string, video: VideoInfo, first: number): AsyncGenerator<PixelImage, void, undefined> {
  const { width, height, deep, frameRate, stream } = video;
  const filters = [`fps=${frameRate}`, ...(first > 0 ? [`trim=start_frame=${first}`] : []), 'setpts=PTS-STARTPTS', toRgbFilter(video)];
  const program = startProgram('ffmpeg', [
    '-nostdin', '-v', 'error', '-i', path, '-map', `0:${stream}`, '-vf', filters.join(','), '-f', 'rawvideo', 'pipe:1',
  ]);
  program.process.stdin.end();
  const samples = width * height * 3;
  const bytes = samples * (deep ? 2 : 1);
  let frame = new Uint8Array(bytes);
  let filled = 0;
  try {
    for await (const chunk of program.process.stdout as AsyncIterable<Buffer>) {
      for (let offset = 0; offset < chunk.length;) {
        const part = chunk.subarray(offset, offset + bytes - filled);
        frame.set(part, filled);
        filled += part.length;
        offset += part.length;
        if (filled < bytes) continue;
        const data = deep ? new Uint16Array(frame.buffer) : frame;
        yield { width, height, channels: 3, data, transfer: 'srgb' };
        frame = new Uint8Array(bytes);
        filled = 0;
      }
    }
    const { code, message } = await program.ended;
    if (code !== 0) throw new ImageError(`${path} cannot be decoded: ${message}.`, { details: { path } });
    if (filled > 0) throw new ImageError(`${path} changes its picture size, which cannot be restored in one piece. Cut it there.`, { details: { path } });
  } finally {
    program.kill();
  }
}
