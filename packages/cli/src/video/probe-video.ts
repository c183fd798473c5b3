import { text } from 'node:stream/consumers';
import { ImageError } from '@deblur/core';
import { startProgram } from './start-program.ts';
import type { Warning } from '@deblur/core';

/** What a video file holds, as it is shown: upright and with square or stated pixels. */
export interface VideoInfo {
  /** Index of the picture stream among all streams of the file. */
  readonly stream: number;
  /** Size in pixels after the rotation that the file asks for. */
  readonly width: number;
  readonly height: number;
  /** Frames per second as a fraction, such as `30000/1001`. */
  readonly frameRate: string;
  /** Frames, as stated or computed from the duration; undefined if neither is known. */
  readonly frames?: number;
  /** Shape of a pixel, width:height, where it is not square. */
  readonly pixelShape?: string;
  /** Pixel format, such as `yuv420p10le`. */
  readonly pixelFormat: string;
  /** More than 8 bits per sample. */
  readonly deep: boolean;
  /** Colour tags by ffmpeg's names; absent where the file states none. */
  readonly colour: { readonly space?: string; readonly primaries?: string; readonly transfer?: string; readonly range?: string };
  /** Seconds by which the pictures begin after the file does. */
  readonly delay: number;
  readonly warnings: readonly Warning[];
}

interface ProbedStream {
  readonly index: number;
  readonly codec_type: string;
  readonly width: number;
  readonly height: number;
  readonly pix_fmt: string;
  readonly sample_aspect_ratio?: string;
  readonly color_space?: string;
  readonly color_primaries?: string;
  readonly color_transfer?: string;
  readonly color_range?: string;
  readonly r_frame_rate: string;
  readonly avg_frame_rate: string;
  readonly start_time?: string;
  readonly duration?: string;
  readonly nb_frames?: string;
  readonly field_order?: string;
  readonly disposition?: { readonly attached_pic?: number };
  readonly side_data_list?: readonly { readonly rotation?: number }[];
}

/**
 * Asks ffprobe what a video holds.
 * @throws UnsupportedError without ffprobe; ImageError if the file has no pictures that it can read
 */
export async function probeVideo(path: string): Promise<VideoInfo> {
  const program = startProgram('ffprobe', ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', path]);
  const [output, { code, message }] = await Promise.all([text(program.process.stdout), program.ended]);
  if (code !== 0) throw new ImageError(`${path} cannot be read as a video: ${message}.`, { details: { path } });
  const { streams = [], format } = JSON.parse(output) as { streams?: ProbedStream[]; format?: { start_time?: string; duration?: string } };
  const stream = streams.find(({ codec_type: type, disposition }) => type === 'video' && disposition?.attached_pic !== 1);
  if (!stream?.width || !stream.pix_fmt) throw new ImageError(`${path} holds no pictures that ffmpeg can decode.`, { details: { path } });
  return { ...describe(stream), delay: Math.max(0, seconds(stream.start_time) - seconds(format?.start_time)), ...countFrames(stream, format?.duration) };
}

function describe(stream: ProbedStream): Omit<VideoInfo, 'frames' | 'delay'> {
  const turned = (stream.side_data_list ?? []).some(({ rotation }) => rotation !== undefined && Math.abs(rotation) % 180 === 90);
  const shape = known(stream.sample_aspect_ratio === '1:1' || stream.sample_aspect_ratio === '0:1' ? undefined : stream.sample_aspect_ratio);
  const [width, height] = turned ? [stream.height, stream.width] : [stream.width, stream.height];
  return {
    stream: stream.index, width, height, frameRate: frameRateOf(stream), pixelFormat: stream.pix_fmt,
    deep: /(?:9|10|12|14|16)(?:le|be)$/.test(stream.pix_fmt),
    ...(shape && { pixelShape: turned ? shape.split(':').reverse().join(':') : shape }),
    colour: {
      space: known(stream.color_space), primaries: known(stream.color_primaries), transfer: known(stream.color_transfer), range: known(stream.color_range),
    },
    warnings: [...warningsOf(stream)],
  };
}

function* warningsOf(stream: ProbedStream): Iterable<Warning> {
  const { r_frame_rate: base, avg_frame_rate: mean, field_order: order = 'progressive' } = stream;
  if (isVariable(stream)) {
    yield {
      code: 'source-reduced', details: { base, mean },
      message: `The frame rate varies; frames were repeated or left out for a constant ${fractionValue(mean).toFixed(3)} per second, so that sound stays in step.`,
    };
  }
  if (!['progressive', 'unknown'].includes(order)) {
    yield { code: 'source-reduced', message: 'The video is interlaced; its frames were treated as whole pictures. Deinterlace it first.', details: { order } };
  }
}

function isVariable({ r_frame_rate: base, avg_frame_rate: mean }: ProbedStream): boolean {
  return fractionValue(mean) > 0 && Math.abs(fractionValue(base) / fractionValue(mean) - 1) > 0.01;
}

function frameRateOf(stream: ProbedStream): string {
  return isVariable(stream) ? stream.avg_frame_rate : stream.r_frame_rate;
}

function countFrames(stream: ProbedStream, fileDuration: string | undefined): { readonly frames?: number } {
  const duration = seconds(stream.duration) || seconds(fileDuration);
  const stated = isVariable(stream) ? 0 : Number(stream.nb_frames ?? 0);
  const frames = stated || Math.round(duration * fractionValue(frameRateOf(stream)));
  return frames > 0 ? { frames } : {};
}

/** The value of a fraction such as `30000/1001`; 0 for `0/0`. */
export function fractionValue(fraction: string): number {
  const [numerator = 0, denominator = 1] = fraction.split('/').map(Number);
  return denominator === 0 ? 0 : numerator / denominator;
}

function seconds(value: string | undefined): number {
  return Number.isFinite(Number(value)) ? Number(value) : 0;
}

function known(value: string | undefined): string | undefined {
  return value === undefined || ['unknown', 'unspecified', 'reserved', 'N/A'].includes(value) ? undefined : value;
}
