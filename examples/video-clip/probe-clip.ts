import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What the pipes need to know of a clip. */
export interface Clip {
  /** Size of the frames as they are shown: ffmpeg turns them upright. */
  readonly width: number;
  readonly height: number;
  /** Frames per second as a fraction, such as `30000/1001`. */
  readonly frameRate: string;
  readonly frames: number;
}

/** Asks ffprobe about the first picture stream of a file. */
export async function probeClip(path: string): Promise<Clip> {
  const { stdout } = await promisify(execFile)('ffprobe', ['-v', 'error', '-select_streams', 'v:0', '-count_packets', '-of', 'json', '-show_streams', path]);
  const [stream] = (JSON.parse(stdout) as { streams: { width: number; height: number; r_frame_rate: string; nb_read_packets: string; side_data_list?: { rotation?: number }[] }[] }).streams;
  if (!stream) throw new Error(`${path} holds no pictures.`);
  const turned = stream.side_data_list?.some(({ rotation = 0 }) => Math.abs(rotation) % 180 === 90);
  const [width, height] = turned ? [stream.height, stream.width] : [stream.width, stream.height];
  return { width, height, frameRate: stream.r_frame_rate, frames: Number(stream.nb_read_packets) };
}
