import { resolve } from 'node:path';
import { blurMap, blurMapToImage, detectBlur } from '@deblur/core';
import { expandInputs } from '../inputs/expand-inputs.ts';
import { forEachInput } from '../report/for-each-input.ts';
import { makeOutputFolder } from '../inputs/make-output-folder.ts';
import { planOutputs } from '../inputs/plan-outputs.ts';
import { refuseSameFile } from '../inputs/refuse-same-file.ts';
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
  const { map, overwrite, json, quiet, verbose } = options;
  const inputs = await expandInputs(given);
  const drawn = map === undefined ? undefined : await planOutputs(inputs, map, 'blur');
  if (drawn) await makeOutputFolder(drawn, map);
  const jobs = drawn ?? inputs.map((input) => ({ input }));
  return forEachInput<{ readonly output?: string }, DetectEntry>({
    command: 'detect', jobs, json, quiet, verbose, streams, signal,
    async work({ input, output }) {
      if (output !== undefined) await refuseSameFile(input, output);
      const image = await client.read(input, { signal });
      const detection = await detectBlur(image, { signal });
      if (output === undefined) return { input, ...detection };
      await client.write(blurMapToImage(await blurMap(image, { signal })), output, { overwrite, signal });
      return { input, ...detection, map: resolve(output) };
    },
    describe: ({ input, label, confidence, width, explanation }) => {
      if (!json) streams.stdout.write(`${input}: ${label}, confidence ${confidence.toFixed(2)}, width ${width.toFixed(1)} px. ${explanation}\n`);
    },
  });
}
