import { detectBlur } from '@deblur/core';
import { expandInputs } from '../inputs/expand-inputs.ts';
import { forEachInput } from '../report/for-each-input.ts';
import type { BlurDetection, Deblur } from '@deblur/core';
import type { ExitCode } from '../exit-codes.ts';
import type { Streams } from '../streams.ts';

/** Options of `deblur detect`, as parsed. */
export interface DetectCommandOptions {
  readonly map?: string;
  readonly overwrite: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** What `--json` says of one picture. */
export interface DetectEntry extends BlurDetection {
  readonly input: string;
  /** Where the map was written. */
  readonly map?: string;
}

/** Says of pictures whether they are sharp, blurred by motion, or out of focus. */
export async function detectCommand(
  client: Deblur, given: readonly string[], options: DetectCommandOptions, streams: Streams, signal: AbortSignal,
): Promise<ExitCode> {
  const { json, quiet, verbose } = options;
  const jobs = (await expandInputs(given)).map((input) => ({ input }));
  return forEachInput<object, DetectEntry>({
    command: 'detect', jobs, json, quiet, verbose, streams, signal,
    async work({ input }) {
      const image = await client.read(input, { signal });
      return { input, ...await detectBlur(image, { signal }) };
    },
    describe: ({ input, label, confidence, width, explanation }) => {
      if (!json) streams.stdout.write(`${input}: ${label}, confidence ${confidence.toFixed(2)}, width ${width.toFixed(1)} px. ${explanation}\n`);
    },
  });
}
