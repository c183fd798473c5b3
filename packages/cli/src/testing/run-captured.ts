import { PassThrough } from 'node:stream';
import { runCli } from '../run-cli.ts';

/** What a call of the command line left behind. */
export interface Captured {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** `stdout` parsed as the one JSON document it must be. */
  json<T = Record<string, unknown>>(): T;
}

/** Runs the command line in this process and keeps what it prints. */
export async function runCaptured(args: readonly string[], signal: AbortSignal = new AbortController().signal): Promise<Captured> {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const text = { stdout: '', stderr: '' };
  streams.stdout.on('data', (chunk) => (text.stdout += chunk));
  streams.stderr.on('data', (chunk) => (text.stderr += chunk));
  const code = await runCli(args, streams, signal);
  await new Promise(setImmediate);
  return { code, ...text, json: <T>() => JSON.parse(text.stdout) as T };
}
