import { createDeblur } from '@deblur/core';
import { canvasCodec } from '@deblur/plugin-canvas';
import { serveDeblur } from '../index.ts';
import type { DeblurPlugin } from '@deblur/core';

/** A codec whose one source ends the worker while it is read. */
const fatal: DeblurPlugin = {
  specificationVersion: 1,
  id: 'fatal',
  codec: {
    specificationVersion: 1, id: 'fatal', writes: [], canWrite: () => false, canRead: (source) => source === 'fatal:',
    probe: () => Promise.reject(new Error('not probed')),
    open: () => new Promise(() => { setTimeout(() => { throw new Error('all is lost'); }); }),
    create: () => Promise.reject(new Error('not written')),
  },
};

serveDeblur(createDeblur({ plugins: [fatal, canvasCodec()] }));
