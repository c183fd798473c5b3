import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDeblur, psnr } from '@deblur/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeFrames, ffmpeg, makeClip, probe, streamHash, whyNoFfmpeg } from '../testing/ffmpeg.ts';
import { makeFolder } from '../testing/make-pictures.ts';
import { runCaptured } from '../testing/run-captured.ts';
import type { VideoEntry } from './restore-video.ts';

const tv = ['--method', 'tv', '--psf', 'box:3,1', '--noise', '0.005'];
// Carries states from frame to frame; see packages/core/reference/recurrent.py.
const recurrent = ['--model', fileURLToPath(new URL('../../../core/reference/networks/running-mean.onnx', import.meta.url))];
const path = process.env['PATH'];
let folder: string;

beforeEach(async () => {
  folder = await makeFolder();
});

afterEach(() => {
  process.env['PATH'] = path;
});

it('names the package to install where ffmpeg is missing', async () => {
  await writeFile(join(folder, 'clip.mp4'), 'not looked at');
  process.env['PATH'] = folder;
  const { code, json } = await runCaptured(['run', join(folder, 'clip.mp4'), ...tv, '--json', '--quiet']);
  expect(code).toBe(1);
  expect(json()).toMatchObject({ results: [{ error: { code: 'unsupported', message: expect.stringContaining('apt-get install ffmpeg') } }] });
  expect(await readdir(folder)).toEqual(['clip.mp4']);
});

const missing = whyNoFfmpeg();

describe.skipIf(missing)(`deblur run on a video${missing ? ` (left out: ${missing})` : ''}`, () => {
  it('restores each frame and keeps sound, rate, size and colour tags', async () => {
    // Colour at full resolution, so that nothing but the restoration differs.
    const input = makeClip(join(folder, 'clip.mp4'), 10, '-pix_fmt', 'yuv444p');
    const output = join(folder, 'out.mp4');
    const { code, json, stderr } = await runCaptured(['run', input, '-o', output, ...tv, '--quality', '100', '--segment', '4', '--json']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      results: [{ input, output, width: 64, height: 48, frames: 10, method: 'tv', resumedFrom: 0, warnings: [] }], summary: { done: 1 },
    });
    expect(stderr).toMatch(/clip\.mp4: 50% \(5 of 10 frames\), .* left/);
    expect(await readdir(folder)).toEqual(['clip.mp4', 'out.mp4']);
    const kept = { width: 64, height: 48, r_frame_rate: '30000/1001', avg_frame_rate: '30000/1001', nb_read_packets: '10', pix_fmt: 'yuv444p', color_space: 'bt709', color_transfer: 'bt709', color_primaries: 'bt709', color_range: 'tv' };
    const [video, audio] = probe(output);
    expect(probe(input)[0]).toMatchObject(kept);
    expect(video).toMatchObject(kept);
    expect(audio).toMatchObject({ codec_name: 'aac' });
    expect(streamHash(output, 'a', true)).toBe(streamHash(input, 'a', true));

    const deblur = createDeblur();
    const [before, after] = [decodeFrames(input), decodeFrames(output)];
    const size = 64 * 48 * 3;
    expect(after.length).toBe(10 * size);
    for (const t of [0, 5, 9]) {
      const picture = { width: 64, height: 48, channels: 3, data: new Uint8Array(before.subarray(t * size, (t + 1) * size)), transfer: 'srgb' } as const;
      const { image } = await deblur.run(picture, { method: 'tv', psf: 'box:3,1', noise: 0.005 });
      const written = { ...picture, data: new Uint8Array(after.subarray(t * size, (t + 1) * size)) };
      expect(psnr(written, image!)).toBeGreaterThan(40);
      expect(psnr(written, image!)).toBeGreaterThan(psnr(picture, image!) + 6);
    }
    await deblur.dispose();
  });

  it('shows a turned video upright, and keeps depth and delay of the pictures', async () => {
    const turned = join(folder, 'turned.mov');
    ffmpeg('-i', makeClip(join(folder, 'clip.mov'), 12), '-c', 'copy', '-metadata:s:v:0', 'rotate=90', turned);
    const late = join(folder, 'late.mkv');
    ffmpeg('-i', join(folder, 'clip.mov'), '-itsoffset', '0.2', '-i', join(folder, 'clip.mov'), '-map', '1:v', '-map', '0:a', '-c:a', 'copy', '-c:v', 'libx264', '-pix_fmt', 'yuv420p10le', late);
    const { code } = await runCaptured(['run', turned, late, '-o', join(folder, 'out'), ...tv, '--quiet']);
    expect(code).toBe(0);
    expect(probe(join(folder, 'out', 'turned.mov'))[0]).toMatchObject({ width: 48, height: 64, nb_read_packets: '12' });
    const [video] = probe(join(folder, 'out', 'late.mkv'));
    expect(video).toMatchObject({ pix_fmt: 'yuv420p10le', nb_read_packets: '12' });
    expect(Number(video!['start_time'])).toBeCloseTo(Number(probe(late)[0]!['start_time']), 2);
    const [upright, result] = [decodeFrames(turned), decodeFrames(join(folder, 'out', 'turned.mov'))].map((frames) => (
      { width: 48, height: 64, channels: 3, data: new Uint8Array(frames.subarray(0, 48 * 64 * 3)), transfer: 'srgb' } as const
    ));
    expect(psnr(result!, upright!)).toBeGreaterThan(20);
  });

  it('keeps subtitles, tags and odd sizes, writes VP9 into webm, and makes a varying rate constant', async () => {
    const clip = makeClip(join(folder, 'clip.mp4'), 8);
    await writeFile(join(folder, 'words.srt'), '1\n00:00:00,000 --> 00:00:00,200\nHello\n');
    const [rich, web, varying] = ['rich.mkv', 'web.webm', 'varying.mp4'].map((name) => join(folder, name)) as [string, string, string];
    ffmpeg('-i', clip, '-i', join(folder, 'words.srt'), '-vf', 'scale=61:47,format=yuv444p', '-c:a', 'copy', '-metadata', 'title=Mine', '-c:s', 'srt', rich);
    ffmpeg('-i', clip, '-c:v', 'libvpx-vp9', '-c:a', 'libopus', web);
    ffmpeg('-i', clip, '-vf', "select='not(eq(mod(n,4),2))'", '-fps_mode', 'vfr', '-c:a', 'copy', varying);
    const out = join(folder, 'out');
    const { code, json } = await runCaptured(['run', rich, web, varying, '-o', out, ...tv, '--segment', '5', '--json', '--quiet']);
    expect(code).toBe(0);
    const results = json<{ results: VideoEntry[] }>().results;
    expect(results.map(({ warnings }) => warnings.map(({ code: kind }) => kind))).toEqual([[], [], ['source-reduced']]);
    expect(probe(join(out, 'rich.mkv')).map(({ codec_name: codec }) => codec)).toEqual(['h264', 'aac', 'subrip']);
    expect(probe(join(out, 'rich.mkv'))[0]).toMatchObject({ width: 61, height: 47, nb_read_packets: '8' });
    expect(ffmpeg('-i', join(out, 'rich.mkv'), '-map', '0:s', '-f', 'srt', '-').toString()).toContain('Hello');
    expect(ffmpeg('-i', join(out, 'rich.mkv'), '-f', 'ffmetadata', '-').toString()).toContain('title=Mine');
    expect(probe(join(out, 'web.webm')).map(({ codec_name: codec }) => codec)).toEqual(['vp9', 'opus']);
    const [before, after] = [probe(varying)[0]!, probe(join(out, 'varying.mp4'))[0]!];
    expect(after['r_frame_rate']).toBe(after['avg_frame_rate']);
    expect(Math.abs(Number(after['duration']) - Number(before['duration']))).toBeLessThan(0.06);
  });

  it.each([['a method of core', tv], ['a network with states', recurrent]])('goes on after Ctrl-C, with %s, to the same result', async (_name, how) => {
    const input = makeClip(join(folder, 'clip.mp4'), 12);
    const [whole, stopped] = [join(folder, 'whole.mp4'), join(folder, 'stopped.mp4')];
    expect((await runCaptured(['run', input, '-o', whole, ...how, '--segment', '3', '--quiet'])).code).toBe(0);
    const controller = new AbortController();
    const waiting = setInterval(() => {
      if (existsSync(`${stopped}.deblur-part/state-after-2.bin`)) controller.abort();
    }, 2);
    const first = await runCaptured(['run', input, '-o', stopped, ...how, '--segment', '3'], controller.signal);
    clearInterval(waiting);
    expect(first.code).toBe(130);
    expect(first.stderr).toMatch(/\d+ finished frames are kept in .*stopped\.mp4\.deblur-part; the same command goes on from there/);
    const names = await readdir(`${stopped}.deblur-part`);
    expect(names.filter((name) => name.startsWith('partial'))).toEqual([]);
    expect(existsSync(stopped)).toBe(false);
    const second = await runCaptured(['run', input, '-o', stopped, ...how, '--segment', '3', '--json', '--quiet']);
    expect(second.code).toBe(0);
    const [entry] = second.json<{ results: VideoEntry[] }>().results;
    expect(entry!.resumedFrom).toBeGreaterThanOrEqual(3);
    expect(entry!.frames).toBe(12);
    expect(streamHash(stopped, 'v')).toBe(streamHash(whole, 'v'));
    expect((await readdir(folder)).sort()).toEqual(['clip.mp4', 'stopped.mp4', 'whole.mp4']);
  });

  it('goes on after kill -9 to the same result', async () => {
    const input = makeClip(join(folder, 'clip.mp4'), 40);
    const [whole, killed] = [join(folder, 'whole.mp4'), join(folder, 'killed.mp4')];
    const args = [...tv, '--segment', '4', '--quiet'];
    expect((await runCaptured(['run', input, '-o', whole, ...args])).code).toBe(0);
    const main = fileURLToPath(new URL('../main.ts', import.meta.url));
    const child = spawn(process.execPath, ['--conditions=@deblur/source', main, 'run', input, '-o', killed, ...args], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    const waiting = setInterval(() => {
      if (existsSync(`${killed}.deblur-part/state-after-1.bin`) || existsSync(`${killed}.deblur-part/state-after-2.bin`)) child.kill('SIGKILL');
    }, 5);
    const [, signal] = await ended;
    clearInterval(waiting);
    expect(signal).toBe('SIGKILL');
    expect(existsSync(killed)).toBe(false);
    const second = await runCaptured(['run', input, '-o', killed, ...args, '--json']);
    expect(second.code).toBe(0);
    const [entry] = second.json<{ results: VideoEntry[] }>().results;
    expect(entry!.frames).toBe(40);
    expect(streamHash(killed, 'v')).toBe(streamHash(whole, 'v'));
    expect(existsSync(`${killed}.deblur-part`)).toBe(false);
  });

  it('starts anew with other settings', async () => {
    const input = makeClip(join(folder, 'clip.mp4'), 6);
    const output = join(folder, 'out.mp4');
    const controller = new AbortController();
    const waiting = setInterval(() => {
      if (existsSync(`${output}.deblur-part/state-after-1.bin`)) controller.abort();
    }, 2);
    await runCaptured(['run', input, '-o', output, ...tv, '--segment', '2', '--quiet'], controller.signal);
    clearInterval(waiting);
    expect(existsSync(`${output}.deblur-part/settings.json`)).toBe(true);
    const { code, json } = await runCaptured(['run', input, '-o', output, ...tv, '--segment', '2', '--strength', '0.5', '--json', '--quiet']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ results: [{ resumedFrom: 0, frames: 6 }] });
  });

  it('says what is wrong with a file, and leaves nothing', async () => {
    await writeFile(join(folder, 'broken.mp4'), 'no video');
    ffmpeg('-f', 'lavfi', '-i', 'sine=duration=0.2', '-c:a', 'aac', join(folder, 'sound.mp4'));
    const clip = makeClip(join(folder, 'clip.mp4'), 2);
    await writeFile(join(folder, 'out.mp4'), 'mine');
    const faults: [string, string, RegExp][] = [
      ['broken.mp4', 'new.mp4', /cannot be read as a video/], ['sound.mp4', 'new.mp4', /holds no pictures/], ['clip.mp4', 'out.png', /is no video/],
      ['clip.mp4', 'out.mp4', /exists/], ['missing.mp4', 'new.mp4', /cannot be read/], ['clip.mp4', 'clip.mp4', /is the input itself/],
    ];
    for (const [input, output, message] of faults) {
      const { code, stderr } = await runCaptured(['run', join(folder, input), '-o', join(folder, output), ...tv]);
      expect(code).toBe(1);
      expect(stderr).toMatch(message);
    }
    expect((await runCaptured(['run', clip, '-o', join(folder, 'new.mp4'), ...tv, '--compare', join(folder, 'both.png')])).code).toBe(2);
    expect((await readdir(folder)).sort()).toEqual(['broken.mp4', 'clip.mp4', 'out.mp4', 'sound.mp4']);
    expect(await readFile(join(folder, 'out.mp4'), 'utf8')).toBe('mine');
  });
});
