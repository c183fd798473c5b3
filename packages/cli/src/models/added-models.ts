import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { directorySource, InvalidArgumentError, modelFromManifest, OutputError } from '@deblur/core';
import type { FileAccess, ModelManifest, ModelPackage } from '@deblur/core';

/** What `deblur models add` wrote down of a model, to know it by name later. */
interface Record {
  /** URL of the folder that its files are relative to. */
  readonly location: string;
  readonly manifest: ModelManifest;
}

/**
 * Models that were added by `deblur models add`. Their manifests lie in the cache folder and are never evicted.
 * @throws InvalidArgumentError naming the record that is damaged
 */
export function readAddedModels(cacheFolder: string, files: FileAccess): readonly ModelPackage[] {
  const folder = recordFolder(cacheFolder);
  return recordNames(folder).map((name) => {
    const path = join(folder, name);
    try {
      const { location, manifest } = JSON.parse(readFileSync(path, 'utf8')) as Record;
      return modelFromManifest(manifest, directorySource(new URL(location), files));
    } catch (error) {
      throw new InvalidArgumentError(`The record of an added model, ${path}, is damaged: ${(error as Error).message} Delete it and add the model again.`, { cause: error });
    }
  });
}

/** Writes a model down, so that it is known by name. @throws OutputError */
export async function recordModel(cacheFolder: string, { manifest, source }: ModelPackage): Promise<void> {
  const folder = recordFolder(cacheFolder);
  const path = recordPath(folder, manifest);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, `${JSON.stringify({ location: source.location, manifest } satisfies Record, null, 2)}\n`);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new OutputError(`The model cannot be written down in ${folder}: ${(error as Error).message}. Choose another folder with DEBLUR_CACHE.`, { cause: error });
  }
}

/** Forgets a model; false if it was not written down. */
export async function forgetModel(cacheFolder: string, { manifest }: ModelPackage): Promise<boolean> {
  return unlink(recordPath(recordFolder(cacheFolder), manifest)).then(() => true, () => false);
}

function recordFolder(cacheFolder: string): string {
  return join(cacheFolder, 'added');
}

function recordPath(folder: string, { id, version }: ModelManifest): string {
  return join(folder, `${id}@${version}.json`);
}

function recordNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
  } catch {
    return [];
  }
}
