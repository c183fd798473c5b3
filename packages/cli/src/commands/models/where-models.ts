import { createModelCache } from '@deblur/backend-node';
import { exitCodes } from '../../exit-codes.ts';
import { placeFiles } from '../../models/model-place.ts';
import type { Deblur } from '@deblur/core';
import type { ExitCode } from '../../exit-codes.ts';
import type { JsonOption } from './json-option.ts';
import type { Streams } from '../../streams.ts';

/** Says where the cache is and how full, or where each file of the named models is. Nothing is read or fetched. */
export async function whereModelsCommand(client: Deblur, ids: readonly string[], { json }: JsonOption, { stdout }: Streams): Promise<ExitCode> {
  const cache = createModelCache();
  const kept = await cache.list();
  const bytes = kept.reduce((sum, file) => sum + file.bytes, 0);
  const files = ids.flatMap((id) => {
    const model = client.models.find(id);
    return placeFiles(model, cache).map(({ file, path, state }) => ({ model: model.manifest.id, path: file.path, location: path, state }));
  });
  if (json) {
    stdout.write(`${JSON.stringify({ command: 'models where', cache: { folder: cache.folder, files: kept.length, bytes }, files }, null, 2)}\n`);
  } else if (ids.length > 0) {
    for (const { location, state } of files) stdout.write(`${location}${state === 'absent' ? '  (not there yet)' : ''}\n`);
  } else {
    stdout.write(`${cache.folder}\n${kept.length} ${kept.length === 1 ? 'file' : 'files'}, ${(bytes / 1e6).toFixed(1)} MB\n`);
  }
  return exitCodes.success;
}
