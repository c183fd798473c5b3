import { compilePost, compilePre, createOperationRegistry, reflectIndex } from '@deblur/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTileCode } from './tile-code.ts';
import { makeConvolution } from '../testing/tiny-onnx.ts';
import { runPass } from '../testing/run-pass.ts';
import { samplesOf, softPicture } from '../testing/bitmap-pixels.ts';
import { tinyModel } from '../testing/tiny-model.ts';
import type { GraphNodeSpec, GraphOperation, ImageTensorSpec, ModelManifest } from '@deblur/core';

interface Case {
  readonly name: string;
  readonly pre: readonly GraphNodeSpec[];
  readonly post?: readonly GraphNodeSpec[];
  readonly channels?: 1 | 3;
  readonly layout?: 'NCHW' | 'NHWC';
  readonly type?: 'float32' | 'float16' | 'uint8';
  /** Largest difference allowed; default 2e-5. */
  readonly tolerance?: number;
}

const cases: readonly Case[] = [
  { name: 'nothing', pre: [] },
  { name: 'interleaved', pre: [], layout: 'NHWC' },
  { name: 'normalised BGR', pre: [{ op: 'channels', to: 3, order: 'bgr' }, { op: 'normalise', mean: [0.4, 0.5, 0.6], std: [0.2, 0.25, 0.3] }] },
  { name: 'linear light', pre: [{ op: 'transfer', to: 'linear' }] },
  { name: 'grey by luma, recoloured', pre: [], channels: 1 },
  { name: 'grey of linear light by mean', pre: [{ op: 'transfer', to: 'linear' }, { op: 'channels', to: 1, by: 'mean' }], channels: 1 },
  { name: 'padded, mirrored', pre: [{ op: 'pad', multipleOf: 16 }] },
  { name: 'padded, repeated', pre: [{ op: 'pad', width: 30, height: 40, mode: 'replicate' }] },
  { name: 'clamped', pre: [{ op: 'clamp', min: 0.3, max: 0.6 }] },
  { name: 'reduced by half', pre: [{ op: 'resize', factor: 0.5 }] },
  { name: 'enlarged, not smoothed', pre: [{ op: 'resize', width: 37, height: 31, antialias: false }] },
  { name: 'a residual', pre: [], post: [{ op: 'residual', inputs: ['output', 'input'], scale: 0.5 }] },
  { name: 'a blend with the source in linear light', pre: [{ op: 'transfer', to: 'linear' }], post: [{ op: 'blend', inputs: ['output', 'source'], weight: 0.3 }] },
  { name: 'a crop', pre: [{ op: 'pad', width: 27, height: 29 }], post: [{ op: 'crop', width: 23, height: 19, x: 2, y: 3 }] },
  { name: 'half floats', pre: [{ op: 'normalise', mean: 0.5, std: 0.5 }], type: 'float16', tolerance: 1e-3 },
  { name: 'bytes, interleaved', pre: [], type: 'uint8', layout: 'NHWC' },
  { name: 'an operation of a plugin that is a line', pre: [{ op: 'halve' }] },
];

const halve: GraphOperation = { op: 'halve', arity: 1, infer: ([input]) => input!, affine: () => () => [0.5, 0.1], invert: () => [] };
const squared: GraphOperation = { op: 'squared', arity: 1, infer: ([input]) => input!, sample: () => (value) => value * value, invert: () => [] };
const operations = createOperationRegistry([halve, squared]);
const tile = { width: 23, height: 19 };
// The tile reaches beyond the picture on the right and below.
const picture = softPicture(31, 26);
const start = { x: 15, y: 12 };

let manifest: ModelManifest;
let device: GPUDevice;
beforeAll(async () => {
  ({ manifest } = await tinyModel([makeConvolution(3, 3, 1, 1)]));
  device = await (await navigator.gpu.requestAdapter())!.requestDevice();
});
afterAll(() => device?.destroy());

function describeModel({ pre, post, channels = 3, layout = 'NCHW', type = 'float32' }: Case): ModelManifest {
  const tensor = { role: 'image', layout, type, channels } as const;
  return { ...manifest, pre, ...(post && { post }), tensors: { inputs: [{ ...tensor, name: 'input' }], outputs: [{ ...tensor, name: 'output' }] } };
}

function tileOfPicture(): Uint8Array {
  const samples = samplesOf(picture);
  return Uint8Array.from({ length: tile.width * tile.height * 3 }, (_, i) => {
    const [x, y] = [start.x + (Math.floor(i / 3) % tile.width), start.y + Math.floor(i / 3 / tile.width)];
    return samples[(reflectIndex(y, picture.height) * picture.width + reflectIndex(x, picture.width)) * 3 + (i % 3)]!;
  });
}

describe('graphs on the GPU', () => {
  it.each(cases)('compute what core computes: $name', async (example) => {
    const model = describeModel(example);
    const { type = 'float32', tolerance = 2e-5 } = example;
    const [input, output] = [model.tensors.inputs[0] as ImageTensorSpec, model.tensors.outputs[0]!];
    const source = { channels: 3, type: 'uint8', transfer: 'srgb' } as const;
    const code = createTileCode({ manifest: model, operations, parameters: {}, tile });
    const pixels = tileOfPicture();

    const pre = compilePre({ nodes: model.pre, source, tile, tensor: input, registry: operations });
    const length = pre.output.width * pre.output.height * pre.output.channels;
    const allocate = { float32: Float32Array, float16: Uint16Array, uint8: Uint8Array }[type];
    const tensor = new allocate(length);
    pre.run(pixels, tensor, 0);
    const written = await runPass(device, code.write, { picture, start, outputs: { 2: code.input.bytes } });
    const given = new allocate(written[2]!, 0, length);
    const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
    // Half floats and bytes: at most the last bit.
    expect(difference(given, tensor)).toBeLessThanOrEqual(type === 'float32' ? tolerance : 1);

    // As if the model had returned what it was given, moved a little.
    const returned = type === 'float32' ? tensor.map((value, i) => value + 0.01 * Math.sin(i)) : tensor;
    const post = compilePost({ nodes: model.post, preNodes: model.pre, source, tile, input, output, registry: operations });
    const expected = new Float32Array(pixels.length);
    post.run(returned, 0, pixels, expected);
    const bytes = new Uint8Array(code.output.bytes);
    bytes.set(new Uint8Array(returned.buffer));
    const [across, down] = code.read.workgroups;
    const read = await runPass(device, code.read, { picture, start, inputs: { 2: bytes }, outputs: { 3: pixels.length * 4, 4: across * down * 8 } });
    expect(difference(new Float32Array(read[3]!), expected)).toBeLessThanOrEqual(tolerance);
    const sums = new Float32Array(read[4]!);
    const change = expected.reduce((sum, value, i) => sum + (value - pixels[i]! / 255) ** 2, 0);
    const measured = sums.reduce((sum, value, i) => (i % 2 === 0 ? sum + value : sum), 0);
    expect(Math.abs(measured - change)).toBeLessThanOrEqual(1e-3 * Math.max(1, change));
  }, 60_000);

  it('names the operation that has no form for the GPU', () => {
    const model = describeModel({ name: '', pre: [{ op: 'squared' }] });
    expect(() => createTileCode({ manifest: model, operations, parameters: {}, tile })).toThrow(/Graph operation 'squared' has no form for the GPU/);
  });
});
