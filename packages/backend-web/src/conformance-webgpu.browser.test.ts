import { createWebBackend } from '@deblur/backend-web';
import { afterAll, describe, it } from 'vitest';
import { createWorkerPool } from './testing/worker-pool.ts';
import { startWorker } from './start-worker.ts';
import { testBackend } from '@deblur/conformance';

const pool = createWorkerPool(startWorker);
afterAll(() => pool.dispose());

testBackend({
  name: 'backend-web on webgpu',
  createBackend: () => createWebBackend({ softwareWebGpu: true, createWorker: pool.createWorker }),
  provider: 'webgpu',
  // A picture of 512×512 takes SwiftShader up to 40 s on a busy machine.
  runner: { describe, it: Object.assign((name: string, body: () => Promise<void>) => it(name, body, 240_000), { skip: it.skip }) },
  skip: {
    'computes a convolution from 6 to 8 channels': 'onnxruntime 1.30 computes it wrong on WebGPU; the golden tile of a model notices',
    'computes a model that takes and gives float16': 'SwiftShader has no shader-f16; refused with UnsupportedError',
    'computes NaN where the model makes it, unchanged': 'WGSL leaves the logarithm of a negative number open',
  },
});
