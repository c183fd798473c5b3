import { InferenceSession, Tensor } from 'onnxruntime-node';
import { chooseWeights, readVerified } from '@deblur/core';
import type { ModelPackage } from '@deblur/core';

/** Runs one tile through onnxruntime alone and says how long it took, in milliseconds. */
export interface RawSession {
  run(): Promise<number>;
  release(): Promise<void>;
}

/** A bare onnxruntime session with the settings of `@deblur/backend-node`, bound to one tile shape. */
export async function createRawSession(model: ModelPackage, width: number, height: number, threads: number): Promise<RawSession> {
  const bytes = await readVerified(model.source, chooseWeights(model.manifest));
  const session = await InferenceSession.create(bytes, {
    executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1,
    enableCpuMemArena: true, enableMemPattern: false, graphOptimizationLevel: 'all',
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const feeds: Record<string, Tensor> = {};
  for (const spec of model.manifest.tensors.inputs) {
    if (spec.role === 'image') {
      const dims = spec.layout === 'NHWC' ? [1, height, width, 3] : [1, 3, height, width];
      feeds[spec.name] = new Tensor('float32', Float32Array.from({ length: height * width * 3 }, (_, i) => ((i * 7919) % 256) / 255), dims);
    } else if (spec.role === 'parameter') {
      feeds[spec.name] = new Tensor('float32', new Float32Array([spec.default]), [1, 1, 1, 1]);
    }
  }
  return {
    async run(): Promise<number> {
      const startedAt = performance.now();
      await session.run(feeds);
      return performance.now() - startedAt;
    },
    release: () => session.release(),
  };
}
