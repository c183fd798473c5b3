import { fftShaders } from './fft.wgsl.ts';
import { bufferUsage } from '../../worker/gpu/webgpu-flags.ts';
import { readBuffer } from '../../worker/gpu/read-back.ts';

/** A real 2-D Fourier transform on the GPU, for measuring. */
export interface GpuFft {
  /** Hands `times` transforms of the loaded plane to the GPU and waits for the last. */
  forward(times: number): Promise<void>;
  load(plane: Float32Array<ArrayBuffer>): void;
  /** height × (width / 2 + 1) × 2, as core's spectra give. */
  read(): Promise<Float32Array>;
}

/** @param size of both sides, a power of 4 */
export async function createGpuFft(device: GPUDevice, size: number): Promise<GpuFft> {
  const frequencies = size / 2 + 1;
  const buffer = (floats: number): GPUBuffer =>
    device.createBuffer({ size: floats * 4, usage: bufferUsage.storage | bufferUsage.copySource | bufferUsage.copyTarget });
  const [twiddles, plane, spectrum] = [buffer(size * 2), buffer(size * size), buffer(frequencies * size * 2)];
  const table = Float32Array.from({ length: size * 2 }, (_, i) => (i % 2 === 0 ? Math.cos((Math.PI * i) / size) : -Math.sin((Math.PI * (i - 1)) / size)));
  device.queue.writeBuffer(twiddles, 0, table);
  const shaders = fftShaders(size);
  const steps = await Promise.all(([['rows', size / 2], ['columns', frequencies]] as const).map(async ([name, workgroups]) => {
    const module = device.createShaderModule({ code: shaders[name] });
    const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: 'main' } });
    const used: readonly (readonly [number, GPUBuffer])[] = name === 'rows' ? [[0, twiddles], [1, plane], [2, spectrum]] : [[0, twiddles], [2, spectrum]];
    const entries = used.map(([binding, resource]) => ({ binding, resource: { buffer: resource } }));
    return { pipeline, workgroups, bindings: device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }) };
  }));
  return {
    async forward(times): Promise<void> {
      const encoder = device.createCommandEncoder();
      for (let i = 0; i < times; i++) {
        const pass = encoder.beginComputePass();
        for (const { pipeline, workgroups, bindings } of steps) {
          pass.setPipeline(pipeline);
          pass.setBindGroup(0, bindings);
          pass.dispatchWorkgroups(workgroups);
        }
        pass.end();
      }
      device.queue.submit([encoder.finish()]);
      await device.queue.onSubmittedWorkDone();
    },
    load: (values) => device.queue.writeBuffer(plane, 0, values),
    async read(): Promise<Float32Array> {
      const columns = new Float32Array(await readBuffer(device, spectrum));
      return Float32Array.from({ length: columns.length }, (_, i) => {
        const [part, x, y] = [i % 2, Math.floor(i / 2) % frequencies, Math.floor(i / 2 / frequencies)];
        return columns[(x * size + y) * 2 + part]!;
      });
    },
  };
}
