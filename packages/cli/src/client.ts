import { builtinModels } from '@deblur/models';
import { createDeblur } from '@deblur/core';
import { maximModels } from '@deblur/model-maxim';
import { nodeBackend } from '@deblur/backend-node';
import { sharpCodec } from '@deblur/plugin-sharp';
import type { Deblur } from '@deblur/core';

/** A client with everything the command line offers: Node backend, sharp, and the models that come with it. */
export function createClient(): Deblur {
  return createDeblur({ plugins: [nodeBackend(), sharpCodec(), builtinModels(), maximModels()] });
}
