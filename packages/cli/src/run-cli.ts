import { CommanderError } from 'commander';
import { createClient } from './client.ts';
import { createProgram } from './program.ts';
import { describeError, traceError } from './report/describe-error.ts';
import { exitCodes } from './exit-codes.ts';
import { AbortedError, DeblurError } from '@deblur/core';
import manifest from '../package.json' with { type: 'json' };
import type { Deblur } from '@deblur/core';
import type { ExitCode } from './exit-codes.ts';
import type { Streams } from './streams.ts';

/**
 * Runs the command line.
 *
 * @param args arguments after the program's name
 * @param signal fires on Ctrl-C; the command stops, leaves no partial file, and 130 is returned
 * @returns the exit code; see `exitCodes`
 */
export async function runCli(args: readonly string[], streams: Streams, signal: AbortSignal): Promise<ExitCode> {
  let code: ExitCode = exitCodes.success;
  let client: Deblur | undefined;
  const program = createProgram({
    version: manifest.version, streams, signal,
    client: (settings) => (client ??= createClient(settings)),
    exit: (given) => {
      code = given;
    },
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : usageFault(error.message, args, streams);
    if (AbortedError.isInstance(error) && signal.aborted) return exitCodes.interrupted;
    const described = describeError(error);
    streams.stderr.write(`${described.message}\n`);
    if (args.includes('--verbose')) streams.stderr.write(`${traceError(error)}\n`);
    if (args.includes('--json')) streams.stdout.write(`${JSON.stringify({ error: described }, null, 2)}\n`);
    return DeblurError.isInstance(error) && error.code === 'invalid-argument' ? exitCodes.usage : exitCodes.failure;
  } finally {
    await client?.dispose();
  }
}

/** Commander has already told the reader; a program that reads stdout still gets its one document. */
function usageFault(message: string, args: readonly string[], { stdout }: Streams): ExitCode {
  if (args.includes('--json')) stdout.write(`${JSON.stringify({ error: { code: 'usage', message } }, null, 2)}\n`);
  return exitCodes.usage;
}
