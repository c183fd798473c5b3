import { createDeblur } from '@deblur/core';
import { webBackend } from '@deblur/backend-web';
import { builtinModels } from '@deblur/models';
import { canvasCodec } from '@deblur/plugin-canvas';
import { serveDeblur } from '@deblur/worker';

serveDeblur(createDeblur({ plugins: [webBackend(), canvasCodec(), builtinModels()] }));
