import type { VideoInfo } from './probe-video.ts';

const rounding = 'flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp';
/** ffmpeg's scale filter has names of its own; a matrix that is not stated is taken for BT.601 on both ways, which cancels out. */
const matrices: Readonly<Record<string, string>> = { bt709: 'bt709', smpte170m: 'smpte170m', bt470bg: 'bt470', fcc: 'fcc', smpte240m: 'smpte240m', bt2020nc: 'bt2020', bt2020c: 'bt2020' };

function matrixOf({ colour }: VideoInfo): string {
  return matrices[colour.space ?? ''] ?? 'bt601';
}

function rangeOf({ colour, pixelFormat }: VideoInfo): string {
  return colour.range === 'pc' || pixelFormat.startsWith('yuvj') ? 'pc' : 'tv';
}

function isYuv({ pixelFormat }: VideoInfo): boolean {
  return /^(yuv|nv|p0|gray)/.test(pixelFormat);
}

/** Filter that makes RGB of the frames of a video by the matrix and range it states. */
export function toRgbFilter(video: VideoInfo): string {
  const format = video.deep ? 'rgb48le' : 'rgb24';
  return isYuv(video) ? `scale=in_color_matrix=${matrixOf(video)}:in_range=${rangeOf(video)}:${rounding},format=${format}` : `format=${format}`;
}

/** Filter that turns RGB back: the way the video came where the encoder can, with its chroma and depth. */
export function fromRgbFilter(video: VideoInfo): string {
  const { width, height, deep, pixelFormat, pixelShape } = video;
  const chroma = /444|gbr|rgb|bgr/.test(pixelFormat) || width % 2 === 1 || height % 2 === 1 ? '444' : pixelFormat.includes('422') ? '422' : '420';
  const scale = `scale=out_color_matrix=${matrixOf(video)}:out_range=${rangeOf(video)}:${rounding}`;
  return `${scale},format=yuv${chroma}p${deep ? '10le' : ''}${pixelShape ? `,setsar=${pixelShape.replace(':', '/')}` : ''}`;
}

/** Options that tag an encoded stream with the colours of the video. */
export function colourTags(video: VideoInfo): string[] {
  const { space, primaries, transfer } = video.colour;
  return [
    '-color_range', rangeOf(video),
    // RGB sources become BT.601, as their matrix says nothing of it.
    ...(space && isYuv(video) ? ['-colorspace', space] : []),
    ...(primaries ? ['-color_primaries', primaries] : []),
    ...(transfer ? ['-color_trc', transfer] : []),
  ];
}
