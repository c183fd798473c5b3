import { createModelCache } from '@deblur/backend-node';
import { InvalidArgumentError } from '@deblur/core';
import { exitCodes } from '../../exit-codes.ts';
import { forgetModel } from '../../models/added-models.ts';
import { placeFiles } from '../../models/model-place.ts';
import type { Deblur } from '@deblur/core';
import type { ExitCode } from '../../exit-codes.ts';
import type { JsonOption } from './json-option.ts';
import type { Streams } from '../../streams.ts';

/**
 * Deletes the downloaded files of models, and forgets those that were added. Folders of the user's stay.
 * @throws InvalidArgumentError for models that are part of an installed package
 */
export async function removeModelsCommand(client: Deblur, ids: readonly string[], { json }: JsonOption, { stdout }: Streams): Promise<ExitCode> {
  const cache = createModelCache();
  const removed: { model: string; bytes: number }[] = [];
  for (const id of ids) {
    const model = client.models.find(id);
    const { manifest, source } = model;
    if (source.location.startsWith('@')) {
      throw new InvalidArgumentError(`${manifest.id} is part of the package ${source.location}; uninstall that to be rid of it.`);
    }
    let bytes = 0;
    for (const { file, state } of placeFiles(model, cache)) {
      const isCached = state === 'cached';
      if (await cache.remove(file.sha256) && isCached) bytes += file.bytes;
    }
    await forgetModel(cache.folder, model);
    removed.push({ model: `${manifest.id}@${manifest.version}`, bytes });
    if (!json) stdout.write(`${manifest.id}@${manifest.version} removed, ${(bytes / 1e6).toFixed(1)} MB freed\n`);
  }
  if (json) stdout.write(`${JSON.stringify({ command: 'models remove', removed }, null, 2)}\n`);
  return exitCodes.success;
}
