import { builtinModels, zooModels } from '@deblur/models';
import { createDeblur } from '@deblur/core';
import { createModelCache, nodeBackend } from '@deblur/backend-node';
import { maximModels } from '@deblur/model-maxim';
import { readAddedModels } from './models/added-models.ts';
import { sharpCodec } from '@deblur/plugin-sharp';
import type { Deblur } from '@deblur/core';

/** What a command asks of its client. */
export interface ClientSettings {
  /** Never use the network. Default: whether the variable DEBLUR_OFFLINE is set to something else than 0. */
  readonly offline?: boolean;
}

/**
 * A client with everything the command line offers: Node backend, sharp, the models that come with it, public ones that can be
 * downloaded, and those the user added.
 */
export function createClient({ offline }: ClientSettings = {}): Deblur {
  const forbidden = offline || !['', '0', undefined].includes(process.env['DEBLUR_OFFLINE']);
  return createDeblur({
    plugins: [
      nodeBackend({ offline: forbidden }), sharpCodec(), builtinModels(), maximModels(), zooModels(),
      { specificationVersion: 1, id: 'added', models: (files) => readAddedModels(createModelCache().folder, files) },
    ],
  });
}
