/** Stages a call goes through, in order, as far as it needs them: measuring the blur, fetching weights, creating the session, restoring tiles. */
export type ProgressStage = 'estimate' | 'download' | 'load' | 'restore';

/** The one progress event of the SDK. */
export interface ProgressEvent {
  readonly stage: ProgressStage;
  /** Units finished: steps for `estimate` and `load`, bytes for `download`, tiles for `restore`. */
  readonly done: number;
  /** Units in all, same unit as `done`; that of `estimate` may grow. */
  readonly total: number;
  /** Estimated time until the stage ends, in milliseconds; absent until one unit has been timed. */
  readonly etaMs?: number;
}

/** Called after each step; must not throw. */
export type ProgressListener = (event: ProgressEvent) => void;
