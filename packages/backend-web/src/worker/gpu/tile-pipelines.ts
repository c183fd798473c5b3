import { bufferUsage } from './webgpu-flags.ts';
import type * as Runtime from 'onnxruntime-web';
import type { GpuTensor, TileCode } from '../../gpu/tile-code.ts';
import type { Pass } from '../../gpu/shaders/write-tensor.wgsl.ts';

/** A pass ready to run. */
export interface CompiledPass {
  readonly pipeline: GPUComputePipeline;
  readonly workgroups: Pass['workgroups'];
}

/** What restoring tiles of one shape needs on the GPU, whatever the picture. */
export interface TilePipelines {
  readonly code: TileCode;
  readonly write: CompiledPass;
  readonly read: CompiledPass;
  readonly judge: CompiledPass;
  readonly blend: CompiledPass;
  /** Buffers of the input and output tensor, the restored tile, and the sums of its change. */
  readonly input: GPUBuffer;
  readonly output: GPUBuffer;
  readonly restored: GPUBuffer;
  readonly changes: GPUBuffer;
  /** What the session takes and where it puts its result. */
  readonly feeds: Readonly<Record<string, Runtime.Tensor>>;
  readonly fetches: Readonly<Record<string, Runtime.Tensor>>;
  destroy(): void;
}

/** Compiles the passes of a tile shape and allocates its buffers. */
export async function createTilePipelines(runtime: typeof Runtime, device: GPUDevice, code: TileCode): Promise<TilePipelines> {
  const { width, height } = code.tile;
  const buffer = (size: number): GPUBuffer =>
    device.createBuffer({ size, usage: bufferUsage.storage | bufferUsage.copySource | bufferUsage.copyTarget });
  const [write, read, judge, blend] = await Promise.all([code.write, code.read, code.judge, code.blend].map((pass) => compilePass(device, pass)));
  const input = buffer(code.input.bytes);
  const output = buffer(code.output.bytes);
  const restored = buffer(width * height * 3 * 4);
  const changes = buffer(code.read.workgroups[0] * code.read.workgroups[1] * 8);
  const given = onGpu(runtime, input, code.input);
  const returned = onGpu(runtime, output, code.output);
  const parameters = code.parameters.map(({ name, dims, value }) => {
    const length = dims.reduce((product, size) => product * size, 1);
    return [name, new runtime.Tensor('float32', new Float32Array(length).fill(value), dims)] as const;
  });
  return {
    code, write: write!, read: read!, judge: judge!, blend: blend!, input, output, restored, changes,
    feeds: { ...Object.fromEntries(parameters), [code.input.name]: given },
    fetches: { [code.output.name]: returned },
    destroy(): void {
      given.dispose();
      returned.dispose();
      for (const made of [input, output, restored, changes]) made.destroy();
    },
  };
}

/** Compiles a compute shader. */
export async function compilePass(device: GPUDevice, { code, workgroups }: Pass): Promise<CompiledPass> {
  const module = device.createShaderModule({ code });
  return { pipeline: await device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: 'main' } }), workgroups };
}

function onGpu({ Tensor }: typeof Runtime, buffer: GPUBuffer, { type, dims }: GpuTensor): Runtime.Tensor {
  return Tensor.fromGpuBuffer(buffer, { dataType: type, dims }) as Runtime.Tensor;
}
