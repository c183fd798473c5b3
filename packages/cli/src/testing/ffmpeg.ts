import { execFileSync, spawnSync } from 'node:child_process';

/** Why tests that need ffmpeg are left out; undefined where it is installed. Throws instead where REQUIRE_FFMPEG is set. */
export function whyNoFfmpeg(): string | undefined {
  if (['ffmpeg', 'ffprobe'].every((name) => spawnSync(name, ['-version']).status === 0)) return undefined;
  const remedy = 'ffmpeg is not installed: run "apt-get install ffmpeg"';
  if (process.env['REQUIRE_FFMPEG']) throw new Error(remedy);
  return remedy;
}

/** Runs ffmpeg and gives its standard output. */
export function ffmpeg(...args: string[]): Buffer {
  return execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { maxBuffer: 2 ** 28 });
}

/** Writes a clip of soft moving shapes with a tone, 64×48 at 30000/1001 frames per second; `extra` are options for the encoder. */
export function makeClip(path: string, frames = 10, ...extra: string[]): string {
  const length = String((frames * 1001) / 30000);
  ffmpeg(
    '-f', 'lavfi', '-i', `testsrc2=size=64x48:rate=30000/1001,gblur=sigma=1`, '-f', 'lavfi', '-i', 'sine=frequency=440', '-t', length, '-frames:v', String(frames),
    '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'fast', '-crf', '12', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709',
    '-color_range', 'tv', '-vf', 'scale=out_color_matrix=bt709', '-c:a', 'aac', ...extra, path,
  );
  return path;
}

/** What ffprobe says of the streams of a file. */
export function probe(path: string): Record<string, string | number>[] {
  const output = execFileSync('ffprobe', ['-v', 'error', '-count_packets', '-of', 'json', '-show_streams', path]);
  return (JSON.parse(output.toString()) as { streams: Record<string, string | number>[] }).streams;
}

/** Hash of a stream of a file: of its decoded frames, or of its packets as they are stored. */
export function streamHash(path: string, stream: 'v' | 'a', stored = false): string {
  return ffmpeg('-i', path, '-map', `0:${stream}`, ...(stored ? ['-c', 'copy'] : []), '-f', 'md5', '-').toString();
}

/** Decoded frames as 8-bit RGB, by the colour matrix given. */
export function decodeFrames(path: string, matrix = 'bt709'): Buffer {
  return ffmpeg('-i', path, '-vf', `scale=in_color_matrix=${matrix}:flags=bicubic+accurate_rnd+full_chroma_int`, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-');
}
