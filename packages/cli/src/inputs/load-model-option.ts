import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openModel } from '@deblur/core';
import type { Deblur, ModelPackage } from '@deblur/core';

/**
 * What `--model` names: a path (it holds a slash or ends in .onnx or .json) is opened as a user's own model; anything else
 * is an id or tier of the registry.
 * @throws ModelNotFoundError, ManifestError
 */
export async function loadModelOption(client: Deblur, option: string): Promise<string | ModelPackage> {
  if (!/[\\/]|\.(onnx|json)$/i.test(option)) return option;
  return openModel(client.files!, pathToFileURL(resolve(option)));
}
