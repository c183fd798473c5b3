import { webBackend } from '@deblur/backend-web';
import { createDeblur } from '@deblur/core';
import { maximModels } from '@deblur/model-maxim';
import { builtinModels } from '@deblur/models';
import { canvasCodec } from '@deblur/plugin-canvas';

let deblur;

globalThis.contestant = {
  async load() {
    deblur = createDeblur({ plugins: [webBackend({ providers: ['wasm'], cache: false }), canvasCodec(), builtinModels(), maximModels()] });
    const data = new Uint8Array(64 * 64 * 3);
    const { backend } = await deblur.run({ width: 64, height: 64, channels: 3, data, transfer: 'srgb' }, { model: 'maxim-s1' });
    return backend.provider;
  },
  async restore(picture, options) {
    const { image } = await deblur.run(picture, options);
    return { width: image.width, height: image.height, channels: image.channels, data: image.data };
  },
};
