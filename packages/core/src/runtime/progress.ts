/** Stages a call goes through, in order: fetching weights, creating the session, restoring tiles. */
export type ProgressStage = 'download' | 'load' | 'restore';

/** The one progress event of the SDK. */
export interface ProgressEvent {
  readonly stage: ProgressStage;
  /** Units finished: bytes for `download`, steps for `load`, tiles for `restore`. */
  readonly done: number;
  /** Units in all, same unit as `done`. */
  readonly total: number;
  /** Estimated time until the stage ends, in milliseconds; absent until one unit has been timed. */
  readonly etaMs?: number;
}

/** Called after each step; must not throw. */
export type ProgressListener = (event: ProgressEvent) => void;
