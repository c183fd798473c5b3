import { bytesSource, sha256 } from '@deblur/core';
import { convolveAll, encodeConvolutions } from './tiny-onnx.ts';
import type { Convolution } from './tiny-onnx.ts';
import type { FileReference, ModelManifest, ModelPackage } from '@deblur/core';

const licence = { spdx: 'MIT', name: 'test', source: 'this package' };
const side = 16;

/** A network of convolutions from 3 to 3 channels with its golden tile, computed without onnxruntime. */
export async function tinyModel(layers: readonly Convolution[]): Promise<ModelPackage & { readonly onnx: Uint8Array<ArrayBuffer> }> {
  const onnx = encodeConvolutions(layers);
  const input = Uint8Array.from({ length: side * side * 3 }, (_, i) => (i * 7919) % 256);
  const planes = Float64Array.from({ length: input.length }, (_, i) => input[(i % (side * side)) * 3 + Math.floor(i / (side * side))]! / 255);
  const result = convolveAll(layers, planes, side, side);
  const output = Float32Array.from({ length: input.length }, (_, i) => Math.min(1, Math.max(0, result[(i % 3) * side * side + Math.floor(i / 3)]!)));
  const contents: Record<string, Uint8Array<ArrayBuffer>> = { 'tiny.onnx': onnx, 'golden.u8': input, 'golden.f32': new Uint8Array(output.buffer) };
  const describe = async (path: string): Promise<FileReference> => ({ path, bytes: contents[path]!.length, sha256: await sha256(contents[path]!) });
  const picture = { layout: 'NCHW', type: 'float32', channels: 3, role: 'image' } as const;
  const manifest: ModelManifest = {
    specificationVersion: 1, id: 'tiny', version: '1.0.0', title: 'tiny', description: 'A few convolutions.', task: 'general', tier: 'fast',
    architecture: 'convolutions', licences: { weights: licence, data: [] }, provenance: 'Made by the test.',
    tensors: { inputs: [{ ...picture, name: 'input' }], outputs: [{ ...picture, name: 'output' }] },
    size: { minimum: 1, multipleOf: 1 }, halo: 2, overlap: 4, tiling: 'supported', pre: [{ op: 'convert', to: 'float32' }],
    files: [{ ...await describe('tiny.onnx'), precision: 'fp32' }], metrics: [],
    golden: {
      width: side, height: side, stride: 1, offset: 0, minimumPsnr: 60, input: await describe('golden.u8'), output: await describe('golden.f32'),
    },
  };
  return { manifest, source: bytesSource(contents), onnx };
}
