// Runs the published TensorFlow.js graph up to stage 1 on one tile, as the reference of the conversion. Pure JavaScript, many minutes.
// node tfjs_reference.mjs <folder with node_modules/@tensorflow/tfjs> <model folder> <tile.u8> <result.f32>
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [modules, folder, tile, target] = process.argv.slice(2);
const tf = createRequire(join(resolve(modules), 'package.json'))('@tensorflow/tfjs');

const SIDE = 256;
const STRIDE = 4;
const OFFSET = 2;
const STAGE_1 = 'StatefulPartitionedCall/jax2tf_apply_/Wrapper/backbone/stage_0_supervised_attention_module_0/jit_fn_/AddV2';

const description = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
const shards = description.weightsManifest.flatMap((group) => group.paths.map((path) => readFileSync(join(folder, path))));
const weights = Buffer.concat(shards);
const model = await tf.loadGraphModel({
  load: async () => ({
    modelTopology: description.modelTopology,
    signature: description.signature,
    weightSpecs: description.weightsManifest.flatMap((group) => group.weights),
    weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength),
  }),
});

await tf.setBackend('cpu');
const picture = Float32Array.from(readFileSync(tile), (level) => Math.fround(level / 255));
const started = Date.now();
const result = model.execute({ xs_0: tf.tensor4d(picture, [1, SIDE, SIDE, 3]) }, STAGE_1);
const values = await result.data();
const sampled = [];
for (let y = OFFSET; y < SIDE; y += STRIDE)
  for (let x = OFFSET; x < SIDE; x += STRIDE)
    for (let channel = 0; channel < 3; channel++) sampled.push(values[(y * SIDE + x) * 3 + channel]);
writeFileSync(target, Buffer.from(Float32Array.from(sampled).buffer));
console.log(`tfjs ${tf.version.tfjs}, ${tf.getBackend()} backend, ${((Date.now() - started) / 1000).toFixed(0)} s`);
