import { parentPort, workerData } from 'node:worker_threads';
import type * as Runtime from 'onnxruntime-node';
import type { InferenceSession, OnnxValue, Tensor as RuntimeTensor } from 'onnxruntime-node';
import type { DeclaredTensor, Tensor, TensorData, TensorType } from '@deblur/core';
import type { FailureStage, LoadRequest, RunRequest, WorkerData, WorkerReply, WorkerRequest } from './messages.ts';

// Entry of a worker thread: one onnxruntime session, asked by messages. Only onnxruntime-node is imported at run time,
// so that Node runs this file from source as well as built.

let runtime: typeof Runtime | undefined;
let session: InferenceSession | undefined;
let stage: FailureStage = 'import';
let last: Promise<void> = Promise.resolve();

async function importRuntime(): Promise<typeof Runtime> {
  // onnxruntime-common prefers Float16Array where there is one, which the native binding (1.30) cannot read.
  Reflect.deleteProperty(globalThis, 'Float16Array');
  const imported = await import('onnxruntime-node');
  // Failures come back as errors; the runtime would print them as well.
  imported.env.logLevel = 'fatal';
  return imported;
}

async function load(request: LoadRequest, id: number): Promise<void> {
  stage = 'import';
  runtime ??= await importRuntime();
  stage = 'load';
  session = await runtime.InferenceSession.create(request.bytes, {
    executionProviders: [request.provider],
    intraOpNumThreads: request.threads,
    interOpNumThreads: 1,
    // Patterns allocate for all operators at once and raise the peak (maxim-s1: 949 instead of 555 MB). The arena keeps
    // the peak until release, but then gives it back; without it the peak is no lower and glibc keeps up to 370 MB.
    enableCpuMemArena: true,
    enableMemPattern: false,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
    // Waiting threads sleep, so that decoding and tiling on the main thread get the processor.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  reply({ kind: 'loaded', id, inputs: session.inputMetadata.map(declare), outputs: session.outputMetadata.map(declare) }, []);
}

function declare(metadata: InferenceSession.ValueMetadata): DeclaredTensor {
  if (!metadata.isTensor) return { name: metadata.name, type: 'other', dims: [] };
  return { name: metadata.name, type: metadata.type, dims: metadata.shape.map((size) => (typeof size === 'number' ? size : -1)) };
}

async function run(request: RunRequest, id: number): Promise<void> {
  stage = 'run';
  if (!runtime || !session) throw new Error('The worker has no session.');
  const feeds: Record<string, RuntimeTensor> = {};
  for (const [name, tensor] of Object.entries(request.inputs)) feeds[name] = toRuntime(runtime, tensor);
  const values = await session.run(feeds);
  const outputs: Record<string, Tensor> = {};
  const transfer = new Set<ArrayBuffer>();
  for (const [name, value] of Object.entries(values)) {
    const tensor = fromRuntime(name, value);
    outputs[name] = tensor;
    transfer.add(tensor.data.buffer as ArrayBuffer);
  }
  reply({ kind: 'ran', id, outputs }, [...transfer]);
}

function toRuntime({ Tensor: Constructor }: typeof Runtime, { type, data, dims }: Tensor): RuntimeTensor {
  return new Constructor(type, data as Float32Array, dims);
}

function fromRuntime(name: string, value: OnnxValue): Tensor {
  if (!('data' in value)) throw new Error(`Output ${name} is not a tensor.`);
  return { type: value.type as TensorType, dims: value.dims, data: value.data as TensorData };
}

async function release(): Promise<void> {
  try {
    await session?.release();
  } finally {
    parentPort?.close();
  }
}

function countDown(): void {
  const { outstanding } = workerData as WorkerData;
  Atomics.sub(outstanding, 0, 1);
  Atomics.notify(outstanding, 0);
}

function reply(message: WorkerReply, transfer: readonly ArrayBuffer[]): void {
  parentPort?.postMessage(message, transfer);
}

async function handle(request: WorkerRequest): Promise<void> {
  try {
    if (request.kind === 'load') await load(request, request.id);
    else if (request.kind === 'run') await run(request, request.id);
    else await release();
  } catch (error) {
    const { message, code } = error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error), code: undefined };
    reply({ kind: 'failed', id: request.id, failure: { stage, message, code } }, []);
  } finally {
    countDown();
  }
}

parentPort?.on('message', (request: WorkerRequest) => {
  last = last.then(() => handle(request));
});
