import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openModel } from '@deblur/core';
import type { Deblur, ModelPackage } from '@deblur/core';

/**
 * What `--model` names: an address (https: or http:) or a path (it holds a slash or ends in .onnx or .json) is opened as a
 * user's own model; anything else is an id or tier of the registry.
 * @throws ModelNotFoundError, ManifestError
 */
export async function loadModelOption(client: Deblur, option: string): Promise<string | ModelPackage> {
  const location = locateModel(option);
  return location === undefined ? option : openModel(client.files!, location);
}

/** The URL of a model named by address or path; that of a folder ends in a slash. Undefined for ids and tiers. */
export function locateModel(option: string): URL | undefined {
  if (/^https?:\/\//i.test(option)) return new URL(option);
  if (!/[\\/]|\.(onnx|json)$/i.test(option)) return undefined;
  const path = resolve(option);
  return pathToFileURL(statSync(path, { throwIfNoEntry: false })?.isDirectory() ? `${path}/` : path);
}
