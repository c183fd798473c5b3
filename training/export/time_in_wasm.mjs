// Least seconds of processor time that a network of fixed tiles takes in the WebAssembly build of onnxruntime-web, on one thread.
// node time_in_wasm.mjs model.onnx picture.f32 side rounds result.f32 session-options-as-JSON    (picture: 1×side×side×3 little-endian)
import { readFileSync, writeFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';

const [model, picture, side, rounds, target, options] = process.argv.slice(2);
const bytes = readFileSync(picture);
const input = new ort.Tensor('float32', new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4), [1, Number(side), Number(side), 3]);
ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';
const session = await ort.InferenceSession.create(new Uint8Array(readFileSync(model)), { ...JSON.parse(options), executionProviders: ['wasm'] });
let least = Infinity;
for (let round = 0; round < Number(rounds); round++) {
  const before = process.cpuUsage();
  const { output } = await session.run({ input });
  const { user, system } = process.cpuUsage(before);
  least = Math.min(least, (user + system) / 1e6);
  if (round === 0) writeFileSync(target, output.data);
}
console.log(least);
process.exit(0);
