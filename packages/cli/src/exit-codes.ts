/** Exit codes of the `deblur` command. */
export const exitCodes = {
  /** Everything that was asked for was done. */
  success: 0,
  /** At least one input failed; the others were still done. */
  failure: 1,
  /** The command line itself is not usable; nothing was done. */
  usage: 2,
  /** Stopped by Ctrl-C or SIGTERM; no partial file is left. Of a video its finished segments are, to go on from. */
  interrupted: 130,
} as const;

/** One of `exitCodes`. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
