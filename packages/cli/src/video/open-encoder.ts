import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { OutputError } from '@deblur/core';
import { colourTags, fromRgbFilter } from './colour-arguments.ts';
import { startProgram } from './start-program.ts';
import type { PixelImage } from '@deblur/core';
import type { VideoInfo } from './probe-video.ts';

/** Encodes frames into a file. */
export interface VideoEncoder {
  /** Takes the next frame; resolves when more can be taken. @throws OutputError */
  write(frame: PixelImage): Promise<void>;
  /** Completes the file. @throws OutputError */
  finish(): Promise<void>;
  /** Stops and removes the file. Safe to call twice. */
  abort(): Promise<void>;
}

/** How a video is encoded. */
export interface VideoEncoding {
  /** Ending of the result, with the dot: `.webm` is VP9, everything else H.264. */
  readonly ending: string;
  /** 1–100; default 70. */
  readonly quality?: number;
}

/** Encoder, its options and the container of segments for an ending. Without B frames, so that segments join exactly. */
function codecArguments({ ending, quality = 70 }: VideoEncoding): readonly string[] {
  const loss = (1 - quality / 100);
  if (ending === '.webm') {
    return ['-c:v', 'libvpx-vp9', '-crf', String(Math.round(loss * 63)), '-b:v', '0', '-row-mt', '1', '-deadline', 'good', '-cpu-used', '4', '-f', 'webm'];
  }
  return ['-c:v', 'libx264', '-crf', String(Math.round(loss * 51)), '-preset', 'medium', '-bf', '0', '-f', 'mp4'];
}

/** Starts an encoder for frames of a video's size, depth and rate. */
export function openEncoder(path: string, video: VideoInfo, encoding: VideoEncoding): VideoEncoder {
  const { width, height, frameRate, deep } = video;
  const program = startProgram('ffmpeg', [
    '-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', deep ? 'rgb48le' : 'rgb24', '-video_size', `${width}x${height}`, '-framerate', frameRate,
    '-i', 'pipe:0', '-an', '-vf', fromRgbFilter(video), ...colourTags(video), ...codecArguments(encoding), path,
  ]);
  const { stdin } = program.process;

  async function check(): Promise<void> {
    const { code, message } = await program.ended;
    if (code !== 0) throw new OutputError(`The video cannot be encoded: ${message}.`, { details: { path } });
  }

  return {
    async write({ data }): Promise<void> {
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      if (stdin.destroyed) return check();
      if (!stdin.write(bytes)) await Promise.race([once(stdin, 'drain').catch(() => undefined), program.ended]);
    },
    async finish(): Promise<void> {
      stdin.end();
      await check();
    },
    async abort(): Promise<void> {
      program.kill();
      await program.ended.catch(() => undefined);
      await rm(path, { force: true });
    },
  };
}
