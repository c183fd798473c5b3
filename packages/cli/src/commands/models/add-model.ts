import { createModelCache } from '@deblur/backend-node';
import { InvalidArgumentError, modelFiles, openModel, readVerified } from '@deblur/core';
import { createProgressReporter } from '../../report/progress-reporter.ts';
import { exitCodes } from '../../exit-codes.ts';
import { locateModel } from '../../inputs/load-model-option.ts';
import { placeFiles } from '../../models/model-place.ts';
import { recordModel } from '../../models/added-models.ts';
import type { Deblur, ModelPackage } from '@deblur/core';
import type { ExitCode } from '../../exit-codes.ts';
import type { JsonOption } from './json-option.ts';
import type { Streams } from '../../streams.ts';

/**
 * Gets models ready to be used by name: downloads those of the zoo, and those of an address or folder as well as writing them
 * down. Every file is read once and checked.
 */
export async function addModelsCommand(
  client: Deblur, names: readonly string[], { json, quiet }: JsonOption & { readonly quiet: boolean }, streams: Streams, signal: AbortSignal,
): Promise<ExitCode> {
  const cache = createModelCache();
  const added: { model: string; files: { path: string; location: string; bytes: number }[] }[] = [];
  for (const name of names) {
    const location = locateModel(name);
    const model = location ? await openModel(client.files!, location, { signal }) : client.models.find(name);
    const { id, version } = model.manifest;
    if (location) refuseTwin(client, model);
    for (const file of modelFiles(model.manifest)) {
      const progress = createProgressReporter(file.path, streams, quiet);
      await readVerified(model.source, file, { signal, onProgress: progress.update }).finally(progress.stop);
    }
    if (location) await recordModel(cache.folder, model);
    const files = placeFiles(model, cache).map(({ file, path }) => ({ path: file.path, location: path, bytes: file.bytes }));
    added.push({ model: `${id}@${version}`, files });
    if (!json && !quiet) streams.stderr.write(`${id}@${version} is here: deblur run photo.jpg --model ${id}\n`);
  }
  if (json) streams.stdout.write(`${JSON.stringify({ command: 'models add', added }, null, 2)}\n`);
  return exitCodes.success;
}

function refuseTwin(client: Deblur, { manifest: { id, version, files } }: ModelPackage): void {
  const twin = client.models.list().find(({ manifest }) => manifest.id === id && manifest.version === version);
  if (!twin || twin.manifest.files.some(({ sha256 }) => files.some((file) => file.sha256 === sha256))) return;
  throw new InvalidArgumentError(`There is another model ${id}@${version} already (${twin.source.location}). Give this one another id or version in its manifest, or remove the other.`);
}
