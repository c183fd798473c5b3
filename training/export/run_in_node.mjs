// Runs an ONNX file with onnxruntime-node and with the WebAssembly build of onnxruntime-web.
// node run_in_node.mjs model.onnx picture.f32 height width node.f32 web.f32 (N×3×H×W little-endian, N = 1)
import { readFileSync, writeFileSync } from 'node:fs';
import * as native from 'onnxruntime-node';
import * as web from 'onnxruntime-web/wasm';

const [model, picture, height, width, ...targets] = process.argv.slice(2);
const bytes = readFileSync(picture);
const data = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
web.env.wasm.numThreads = 1;
for (const [i, runtime] of [native, web].entries()) {
  const session = await runtime.InferenceSession.create(new Uint8Array(readFileSync(model)), { executionProviders: [runtime === web ? 'wasm' : 'cpu'] });
  const { output } = await session.run({ input: new runtime.Tensor('float32', data, [1, 3, Number(height), Number(width)]) });
  writeFileSync(targets[i], output.data);
  await session.release();
}
process.exit(0);
