import { builtinModules } from 'node:module';

const ignore = ['@deblur/core', 'onnxruntime-node', 'sharp', ...builtinModules.map((name) => `node:${name}`)];
const whole = (name, limit) => ({ name, path: `packages/${name}/dist/index.js`, limit, ignore });

/**
 * Minified and compressed, without peers. Weights are files of their own and do not count.
 * `entry` leaves out what is imported only when it is needed.
 */
export default [
  { ...whole('core', '108 kB'), name: 'core, all parts' },
  { ...whole('core', '5 kB'), name: 'core, tiling only', import: '{ planTiles }' },
  whole('backend-node', '10 kB'),
  whole('backend-web', '8 kB'),
  { name: 'backend-web, pictures on the GPU', path: 'packages/backend-web/dist/gpu.js', limit: '11 kB', ignore },
  { name: 'backend-web, its worker', path: 'packages/backend-web/dist/worker/gpu.js', limit: '4.5 kB', ignore: ['onnxruntime-web'] },
  { name: 'backend-web, a worker', path: 'packages/backend-web/dist/worker/webgpu.js', limit: '2.5 kB', ignore: ['onnxruntime-web'] },
  whole('plugin-sharp', '15 kB'),
  { ...whole('plugin-canvas', '14 kB'), name: 'plugin-canvas, at the start', entry: 'index' },
  { ...whole('plugin-canvas', '30 kB'), name: 'plugin-canvas, all parts' },
  whole('worker', '5 kB'),
  { ...whole('react', '3 kB'), ignore: [...ignore, 'react', 'react/jsx-runtime'] },
  whole('models', '4 kB'),
  whole('model-maxim', '3 kB'),
  whole('conformance', '90 kB'),
];
