import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { PixelImage } from '@deblur/core';
import type { Clip } from './probe-clip.ts';

/** Frames of a clip, decoded by ffmpeg as they are asked for: the pipe is full when nobody reads, and ffmpeg waits. */
export async function* decodeClip(path: string, { width, height, frameRate }: Clip): AsyncGenerator<PixelImage> {
  const ffmpeg = spawn('ffmpeg', ['-nostdin', '-v', 'error', '-i', path, '-map', '0:v:0', '-r', frameRate, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(ffmpeg, 'close');
  let rest = new Uint8Array(0);
  try {
    for await (const chunk of ffmpeg.stdout as AsyncIterable<Buffer>) {
      const bytes = new Uint8Array(rest.length + chunk.length);
      bytes.set(rest);
      bytes.set(chunk, rest.length);
      const size = width * height * 3;
      let used = 0;
      for (; bytes.length - used >= size; used += size) {
        yield { width, height, channels: 3, data: bytes.slice(used, used + size), transfer: 'srgb' };
      }
      rest = bytes.slice(used);
    }
    const [code] = await ended as [number];
    if (code !== 0) throw new Error(`ffmpeg could not decode ${path}.`);
  } finally {
    ffmpeg.kill('SIGKILL');
  }
}
