import type { PictureJob } from '../../gpu/picture-job.ts';
import type { FailedReply, LoadedReply, LoadRequest, LostNote, ReadyNote } from '../messages.ts';

/** Restores one picture. The picture is transferred. */
export interface RestoreRequest {
  readonly kind: 'restore';
  /** Number by which notes and `stop` refer to it. */
  readonly task: number;
  readonly picture: ImageBitmap | VideoFrame;
  readonly job: PictureJob;
  /** What comes back: a picture, or the samples of the (only) tile for the self-check. */
  readonly outcome: 'picture' | 'samples';
  /** Send the picture after each row of tiles too. */
  readonly progressive: boolean;
}

/** The picture is not wanted any more. */
export interface StopNote {
  readonly kind: 'stop';
  readonly task: number;
}

/** What the page says to a worker. */
export type GpuRequest = ((LoadRequest | RestoreRequest) & { readonly id: number }) | (StopNote & { readonly id?: undefined });

/** What came of `restore`. */
export interface RestoredReply {
  readonly kind: 'restored';
  /** Transferred; absent if samples were asked for. */
  readonly bitmap?: ImageBitmap;
  /** H×W×3 floats. */
  readonly samples?: Float32Array<ArrayBuffer>;
  /** Tiles that kept their input. */
  readonly kept: number;
  /** How often and how much was read from the GPU. */
  readonly readBacks: number;
  readonly readBackBytes: number;
}

/** `restore` ended early because the page did not want it any more. */
export interface StoppedReply {
  readonly kind: 'stopped';
}

/** Tiles are done. */
export interface TilesNote {
  readonly kind: 'tiles';
  readonly task: number;
  readonly done: number;
}

/** The picture so far. The bitmap is transferred. */
export interface ShowNote {
  readonly kind: 'show';
  readonly task: number;
  readonly bitmap: ImageBitmap;
}

/** What a worker says. */
export type GpuMessage = ((LoadedReply | RestoredReply | StoppedReply | FailedReply) & { readonly id: number }) | ReadyNote | LostNote | TilesNote | ShowNote;

/** What the worker answers. */
export type GpuExchanges = {
  readonly load: { readonly request: LoadRequest; readonly reply: LoadedReply };
  readonly restore: { readonly request: RestoreRequest; readonly reply: RestoredReply | StoppedReply };
};
