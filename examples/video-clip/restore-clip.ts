import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Deblur, SequenceOptions } from '@deblur/core';
import { decodeClip } from './decode-clip.ts';
import { probeClip } from './probe-clip.ts';

/**
 * Restores a clip frame by frame: ffmpeg → `deblur.sequence` → ffmpeg, with the sound of the input. However long it is, only a few
 * frames are in memory.
 * @param poster where to write the first restored frame as a picture, if anywhere
 * @returns how many frames were restored
 */
export async function restoreClip(deblur: Deblur, input: string, output: string, options: SequenceOptions, poster?: string): Promise<number> {
  const clip = await probeClip(input);
  const partial = `${output}.${process.pid}.part${extname(output)}`;
  const encoder = spawn('ffmpeg', [
    '-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-video_size', `${clip.width}x${clip.height}`, '-framerate', clip.frameRate, '-i', 'pipe:0',
    '-i', input, '-map', '0:v', '-map', '1:a?', '-c:a', 'copy', '-c:v', 'libx264', '-crf', '16', '-pix_fmt', 'yuv420p', partial,
  ], { stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = once(encoder, 'close');
  encoder.stdin.on('error', () => undefined);
  let frames = 0;
  try {
    for await (const { image } of deblur.sequence(decodeClip(input, clip), { ...options, total: clip.frames })) {
      // Waiting here makes the encoder's speed that of the whole: nothing piles up.
      if (!encoder.stdin.write(image!.data)) await Promise.race([once(encoder.stdin, 'drain'), ended]);
      if (frames++ === 0 && poster !== undefined) await deblur.write(image!, poster, { overwrite: true });
    }
    encoder.stdin.end();
    const [code] = await ended as [number];
    if (code !== 0) throw new Error(`ffmpeg could not encode ${output}.`);
    await rename(partial, output);
    return frames;
  } finally {
    encoder.kill('SIGKILL');
    await ended;
    await rm(partial, { force: true });
  }
}
