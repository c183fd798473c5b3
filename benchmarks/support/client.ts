import { builtinModels } from '@deblur/models';
import { createDeblur } from '@deblur/core';
import { maximModels } from '@deblur/model-maxim';
import { nodeBackend } from '@deblur/backend-node';
import { sharpCodec } from '@deblur/plugin-sharp';
import type { Deblur } from '@deblur/core';

/** A client as the command line has it. */
export function createClient(): Deblur {
  return createDeblur({ plugins: [nodeBackend(), sharpCodec(), builtinModels(), maximModels()] });
}
