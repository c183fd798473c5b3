import { createDeblur } from '@deblur/core';
import { webBackend } from '@deblur/backend-web';
import { canvasCodec } from '@deblur/plugin-canvas';
import { serveDeblur } from '../index.ts';

serveDeblur(createDeblur({ plugins: [webBackend({ providers: ['wasm'] }), canvasCodec()] }));
