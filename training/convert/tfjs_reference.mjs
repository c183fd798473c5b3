// Runs the published TensorFlow.js graph up to stage 1 on one square tile, as the reference of the conversion.
// node tfjs_reference.mjs <folder with node_modules/@tensorflow/tfjs and tfjs-backend-wasm> <model folder> <tile.u8> <result.f32>
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [modules, folder, tile, target] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), 'package.json'));
const tf = require('@tensorflow/tfjs');
require('@tensorflow/tfjs-backend-wasm');

const STRIDE = 4;
const OFFSET = 2;
const STAGE_1 = 'StatefulPartitionedCall/jax2tf_apply_/Wrapper/backbone/stage_0_supervised_attention_module_0/jit_fn_/AddV2';

/** The three contractions of the graph; the wasm backend has no Einsum, and the pure JavaScript one multiplies out all indices. */
function einsum({ inputs, attrs }) {
  const [first, second] = Object.values(inputs);
  if (attrs.equation === 'abcg,gf->abcf') {
    const [a, b, c, g] = first.shape;
    return tf.reshape(tf.matMul(tf.reshape(first, [a * b * c, g]), second), [a, b, c, second.shape[1]]);
  }
  if (attrs.equation === 'gb,cgef->bcef') {
    const [c, g, e, f] = second.shape;
    const rows = tf.reshape(tf.transpose(second, [1, 0, 2, 3]), [g, c * e * f]);
    return tf.reshape(tf.matMul(first, rows, true), [first.shape[1], c, e, f]);
  }
  if (attrs.equation === 'abgd,gf->abdf') {
    const [a, b, g, d] = first.shape;
    const rows = tf.reshape(tf.transpose(first, [0, 1, 3, 2]), [a * b * d, g]);
    return tf.reshape(tf.matMul(rows, second), [a, b, d, second.shape[1]]);
  }
  throw new Error(`Einsum ${attrs.equation} is not expected in this graph`);
}

const description = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
const shards = description.weightsManifest.flatMap((group) => group.paths.map((path) => readFileSync(join(folder, path))));
const weights = Buffer.concat(shards);

tf.registerKernel({ kernelName: 'Einsum', backendName: 'wasm', kernelFunc: einsum });
await tf.setBackend('wasm');
const model = await tf.loadGraphModel({
  load: async () => ({
    modelTopology: description.modelTopology,
    signature: description.signature,
    weightSpecs: description.weightsManifest.flatMap((group) => group.weights),
    weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength),
  }),
});

const levels = readFileSync(tile);
const side = Math.sqrt(levels.length / 3);
const picture = Float32Array.from(levels, (level) => Math.fround(level / 255));
const started = Date.now();
const result = model.execute({ xs_0: tf.tensor4d(picture, [1, side, side, 3]) }, STAGE_1);
const values = await result.data();
const sampled = [];
for (let y = OFFSET; y < side; y += STRIDE)
  for (let x = OFFSET; x < side; x += STRIDE)
    for (let channel = 0; channel < 3; channel++) sampled.push(values[(y * side + x) * 3 + channel]);
writeFileSync(target, Buffer.from(Float32Array.from(sampled).buffer));
console.log(`tfjs ${tf.version.tfjs}, ${tf.getBackend()} backend, ${((Date.now() - started) / 1000).toFixed(0)} s`);
