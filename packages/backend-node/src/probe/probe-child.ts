// Entry of a child process: tries one execution provider and prints what came of it as JSON, the last line of stdout.
// A driver that crashes takes this process with it and not the caller's.

import type * as Runtime from 'onnxruntime-node';
import type { ProbeAnswer } from './probe-answer.ts';

// A 1×1 convolution that doubles, on a 1×1×2×2 picture: the smallest work that makes a provider load all its libraries.
const model = 'CAg6bwoTCgFhCgV0d2ljZRIBYiIEQ29udhIFcHJvYmUqFwgBCAEIAQgBEAFCBXR3aWNlSgQAAABAWhsKAWESFgoUCAESEAoCCAEKAggBCgIIAgoCCAJiGwoBYhIWChQIARIQCgIIAQoCCAEKAggCCgIIAkIECgAQEQ==';

async function probe(provider: string): Promise<ProbeAnswer> {
  let runtime: typeof Runtime;
  try {
    runtime = await import('onnxruntime-node');
  } catch (error) {
    return { stage: 'import', ...describe(error) };
  }
  try {
    const options = { executionProviders: [provider], intraOpNumThreads: 1 };
    const session = await runtime.InferenceSession.create(Uint8Array.from(Buffer.from(model, 'base64')), options);
    const input = new runtime.Tensor('float32', Float32Array.of(1, 2, 3, 4), [1, 1, 2, 2]);
    const { b } = await session.run({ a: input });
    const result = [...(b?.data as Float32Array)];
    if (result.join() !== '2,4,6,8') return { stage: 'run', message: `it computed ${result.join()} instead of 2,4,6,8` };
    return { stage: 'done', version: runtime.env.versions.node };
  } catch (error) {
    return { stage: 'run', ...describe(error) };
  }
}

function describe(error: unknown): { message: string; code?: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  return { message: error.message, code: (error as NodeJS.ErrnoException).code };
}

probe(process.argv[2] ?? 'cpu').then(
  (answer) => process.stdout.write(`\n${JSON.stringify(answer)}\n`),
  (error: unknown) => {
    throw error;
  },
);
