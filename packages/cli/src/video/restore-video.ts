import { stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { ImageError, InvalidArgumentError, OutputError } from '@deblur/core';
import { isVideo, videoEndings } from './video-endings.ts';
import { joinSegments } from './join-segments.ts';
import { openEncoder } from './open-encoder.ts';
import { openPartFolder } from './part-folder.ts';
import { fractionValue, probeVideo } from './probe-video.ts';
import { readFrames } from './read-frames.ts';
import type { Deblur, ProgressListener, RunOptions, RunResult, SequenceFrame, Warning } from '@deblur/core';
import type { PartFolder } from './part-folder.ts';
import type { VideoEncoder } from './open-encoder.ts';
import type { VideoInfo } from './probe-video.ts';

/** What `--json` says of a restored video. */
export interface VideoEntry extends Partial<Pick<RunResult, 'method' | 'scale'>> {
  readonly input: string;
  /** Absolute path of the result. */
  readonly output: string;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Frames per second. */
  readonly frameRate: number;
  /** Frames that an earlier call had finished. */
  readonly resumedFrom: number;
  /** `id@version`, if a model ran in this call. */
  readonly model?: string;
  readonly provider?: string;
  readonly warnings: readonly Warning[];
  readonly timings: { readonly totalMs: number };
  /** Speed of this call. */
  readonly framesPerSecond: number;
}

/** How a video is restored. */
export interface RestoreVideoOptions {
  readonly run: RunOptions;
  /** Frames of a segment, after which a call that is killed can go on. */
  readonly segment: number;
  /** Told of what is kept when the work stops before the end. */
  readonly onKept: (frames: number, folder: string) => void;
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
}

/**
 * Restores a video file with ffmpeg: frames are decoded and encoded through pipes, so memory does not depend on its length. Finished
 * segments are kept beside the output until the end; the same call goes on from them.
 *
 * @throws UnsupportedError without ffmpeg; ImageError, OutputError, and what `Deblur.sequence` throws
 */
export async function restoreVideo(client: Deblur, source: string, target: string, options: RestoreVideoOptions): Promise<VideoEntry> {
  const { run, signal, onKept } = options;
  const startedAt = performance.now();
  const [input, output] = [resolve(source), resolve(target)];
  const ending = extname(output).toLowerCase();
  if (!isVideo(output)) throw new InvalidArgumentError(`${target} is no video; the result of ${source} needs one of the endings ${videoEndings.join(', ')}.`);
  const { encode, ...settings } = run;
  if (!encode?.overwrite && await stat(output).catch(() => undefined)) throw new OutputError(`${output} exists. Choose another name, or replace it with --overwrite.`);
  const video = await probeVideo(input);
  const { size, mtimeMs } = await stat(input);
  const encoding = { ending, quality: encode?.quality };
  const parts = await openPartFolder(output, {
    input: { path: input, size, mtimeMs }, options: { ...settings, model: modelName(run.model) }, encoding, segment: options.segment,
  }, ending === '.webm' ? '.webm' : '.mp4');
  const resumedFrom = parts.frames;
  let done: Restored;
  try {
    done = await restoreFrames(client, input, video, parts, encoding, options);
    if (parts.frames === 0) throw new ImageError(`${source} holds no frames.`);
    await joinSegments(input, output, ending, video, parts, signal);
  } catch (error) {
    if (parts.frames > 0) onKept(parts.frames, parts.path);
    else await parts.remove();
    throw error;
  }
  const { frames } = parts;
  await parts.remove();
  const totalMs = performance.now() - startedAt;
  return {
    input: source, output, width: video.width, height: video.height, frames, frameRate: fractionValue(video.frameRate), resumedFrom, ...done.facts,
    warnings: [...video.warnings, ...done.warnings], timings: { totalMs }, framesPerSecond: ((frames - resumedFrom) * 1000) / totalMs,
  };
}

interface Restored {
  readonly facts: Partial<Pick<VideoEntry, 'method' | 'scale' | 'model' | 'provider'>>;
  readonly warnings: readonly Warning[];
}

async function restoreFrames(
  client: Deblur, input: string, video: VideoInfo, parts: PartFolder, encoding: { readonly ending: string; readonly quality?: number },
  { run: { encode: _, ...run }, segment, signal, onProgress }: RestoreVideoOptions,
): Promise<Restored> {
  const first = parts.frames;
  const warnings = new Map<string, { warning: Warning; frames: number }>();
  let last: SequenceFrame | undefined;
  let encoder: VideoEncoder | undefined;
  let encoded = 0;

  async function finishSegment(): Promise<void> {
    if (!encoder) return;
    await encoder.finish();
    await parts.add(encoded, last!.state);
    encoder = undefined;
    encoded = 0;
  }

  const frames = client.sequence(readFrames(input, video, first), {
    ...run, signal, ...(parts.state && { state: parts.state }), ...(video.frames !== undefined && { total: Math.max(0, video.frames - first) }),
    onProgress: (event) => onProgress(event.stage === 'restore' ? { ...event, done: first + event.done, total: first + event.total } : event),
  });
  try {
    for await (const frame of frames) {
      for (const warning of frame.warnings) {
        const key = `${warning.code} ${warning.message}`;
        warnings.set(key, { warning, frames: (warnings.get(key)?.frames ?? 0) + 1 });
      }
      last = frame;
      encoder ??= openEncoder(parts.partial(), video, encoding);
      await encoder.write(frame.image!);
      encoded++;
      if (encoded === segment) await finishSegment();
    }
    await finishSegment();
  } catch (error) {
    await encoder?.abort();
    throw error;
  }
  return {
    facts: last ? {
      method: last.method, scale: last.scale, ...(last.model && { model: `${last.model.id}@${last.model.version}` }), ...(last.backend && { provider: last.backend.provider }),
    } : {},
    warnings: [...warnings.values()].map(({ warning, frames: count }) => (count === 1 ? warning : { ...warning, message: `${warning.message} (${count} frames)` })),
  };
}

function modelName(model: RunOptions['model']): unknown {
  return typeof model === 'object' ? { id: model.manifest.id, files: model.manifest.files.map(({ sha256 }) => sha256) } : model;
}
