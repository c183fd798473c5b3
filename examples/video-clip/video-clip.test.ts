import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeblur } from '@deblur/core';
import { decodeClip } from './decode-clip.ts';
import { probeClip } from './probe-clip.ts';
import { restoreClip } from './restore-clip.ts';

const installed = ['ffmpeg', 'ffprobe'].every((name) => spawnSync(name, ['-version']).status === 0);
if (!installed && process.env['REQUIRE_FFMPEG']) throw new Error('ffmpeg is not installed: run "apt-get install ffmpeg"');

describe.skipIf(!installed)(`the video clip${installed ? '' : ' (left out: ffmpeg is not installed, run "apt-get install ffmpeg")'}`, () => {
  let folder: string;
  let clip: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clip-'));
    clip = join(folder, 'clip.mp4');
    execFileSync('ffmpeg', [
      '-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=25,gblur=sigma=1', '-f', 'lavfi', '-i', 'sine', '-t', '0.4', '-pix_fmt', 'yuv420p', clip,
    ]);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('restores every frame and keeps the sound', async () => {
    const output = join(folder, 'sharp.mp4');
    const child = spawn(process.execPath, ['--conditions=@deblur/source', join(import.meta.dirname, 'video-clip.ts'), clip, output, '--psf', 'gaussian:1', '--poster', join(folder, 'first.png')]);
    let stdout = '';
    child.stdout.on('data', (text: Buffer) => { stdout += text.toString(); });
    child.stderr.resume();
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(stdout).toBe(`10 frames -> ${output}\n`);
    expect(await probeClip(output)).toEqual({ width: 64, height: 48, frameRate: '25/1', frames: 10 });
    const sound = (path: string): string => execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:a', '-c', 'copy', '-f', 'md5', '-']).toString();
    expect(sound(output)).toBe(sound(clip));

    // Sharper: neighbours differ more.
    const detail = async (path: string): Promise<number> => {
      let sum = 0;
      for await (const { data } of decodeClip(path, await probeClip(path))) for (let i = 3; i < data.length; i++) sum += Math.abs(data[i]! - data[i - 3]!);
      return sum;
    };
    expect(await detail(output)).toBeGreaterThan(1.1 * await detail(clip));
    expect((await readFile(join(folder, 'first.png'))).subarray(1, 4).toString()).toBe('PNG');
    expect(await readdir(folder)).toEqual(['clip.mp4', 'first.png', 'sharp.mp4']);
  });

  it('leaves nothing when it is stopped or fails', async () => {
    const deblur = createDeblur();
    const controller = new AbortController();
    const stopped = restoreClip(deblur, clip, join(folder, 'stopped.mp4'), {
      psf: 'gaussian:1', signal: controller.signal, onProgress: ({ stage, done }) => { if (stage === 'restore' && done === 3) controller.abort(); },
    });
    await expect(stopped).rejects.toThrow('aborted');
    await expect(restoreClip(deblur, clip, join(folder, 'failed.mp4'), { psf: 'nonsense' })).rejects.toThrow('nonsense');
    await deblur.dispose();
    expect((await readdir(folder)).filter((name) => /stopped|failed/.test(name))).toEqual([]);
  });
});
