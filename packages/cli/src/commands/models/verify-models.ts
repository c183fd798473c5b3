import { createModelCache } from '@deblur/backend-node';
import { verifyModel } from '@deblur/core';
import { describeError } from '../../report/describe-error.ts';
import { exitCodes } from '../../exit-codes.ts';
import { stateOf } from '../../models/model-place.ts';
import type { Deblur } from '@deblur/core';
import type { DescribedError } from '../../report/describe-error.ts';
import type { ExitCode } from '../../exit-codes.ts';
import type { JsonOption } from './json-option.ts';
import type { Streams } from '../../streams.ts';

/**
 * Reads every file of the models and compares size and sha256 with the manifests. Nothing is downloaded; models that are not on
 * this machine are left out unless they are named.
 * @param client one that does not use the network
 */
export async function verifyModelsCommand(
  client: Deblur, ids: readonly string[], { json }: JsonOption, { stdout }: Streams, signal: AbortSignal,
): Promise<ExitCode> {
  const cache = createModelCache();
  const all = client.models.list();
  const models = ids.length > 0 ? ids.map((id) => client.models.find(id)) : all.filter((model) => stateOf(model, cache) !== 'absent');
  const absent = ids.length > 0 ? [] : all.filter((model) => !models.includes(model)).map(({ manifest }) => manifest.id);
  const checked: { model: string; path: string; error?: DescribedError }[] = [];
  for (const model of models) {
    for (const { file, error } of await verifyModel(model, { signal })) {
      checked.push({ model: model.manifest.id, path: file.path, error: error && describeError(error) });
    }
  }
  const failed = checked.filter(({ error }) => error).length;
  if (json) {
    stdout.write(`${JSON.stringify({ command: 'models verify', files: checked, absent, summary: { checked: checked.length, failed } }, null, 2)}\n`);
  } else {
    for (const { model, path, error } of checked) stdout.write(`${error ? 'FAILED' : 'ok    '} ${model} ${path}${error ? `: ${error.message}` : ''}\n`);
    for (const id of absent) stdout.write(`absent ${id}: not on this machine\n`);
  }
  return failed > 0 ? exitCodes.failure : exitCodes.success;
}
