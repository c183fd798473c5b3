import { spawn } from 'node:child_process';
import { UnsupportedError } from '@deblur/core';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';

/** A program of the ffmpeg package at work. */
export interface RunningProgram {
  readonly process: ChildProcessWithoutNullStreams;
  /** When it has ended: 0 for success, else what it said last. */
  readonly ended: Promise<{ readonly code: number; readonly message: string }>;
  /** Ends it at once; does nothing when it has ended. */
  kill(): void;
}

/** Characters of error output that are kept. */
const tail = 2000;

/**
 * Starts `ffmpeg` or `ffprobe`.
 * @throws UnsupportedError, from `ended`, if it is not installed
 */
export function startProgram(name: 'ffmpeg' | 'ffprobe', args: readonly string[]): RunningProgram {
  const child = spawn(name, args, { stdio: 'pipe', windowsHide: true });
  let message = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (message = (message + text).slice(-tail)));
  // A program that ends early closes its input; what it said is the better error.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<{ code: number; message: string }>((resolve, reject) => {
    child.on('error', (cause: NodeJS.ErrnoException) => reject(cause.code === 'ENOENT' ? notInstalled(name, cause) : cause));
    child.on('close', (code) => resolve({ code: code ?? 1, message: message.trim() || `${name} was stopped` }));
  });
  ended.catch(() => undefined);
  return {
    process: child,
    ended,
    kill: () => void (child.exitCode === null && child.kill('SIGKILL')),
  };
}

function notInstalled(name: string, cause: Error): UnsupportedError {
  return new UnsupportedError(
    `Video needs the programs ffmpeg and ffprobe, and ${name} was not found. Install the package ffmpeg: `
    + '"apt-get install ffmpeg" on Debian and Ubuntu, "brew install ffmpeg" on macOS, "winget install ffmpeg" on Windows.',
    { cause, details: { missing: name, package: 'ffmpeg' } },
  );
}
