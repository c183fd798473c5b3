import { numberParameter, pixelsParameter, refuseParameter } from '../node-parameters.ts';
import { linearTaps } from './linear-taps.ts';
import type { Taps } from './linear-taps.ts';
import type { GraphNodeSpec } from '../node-spec.ts';
import type { GraphOperation, GraphValueType, PictureFunction } from '../operation.ts';

function targetSize(node: GraphNodeSpec, { width, height }: GraphValueType): { readonly width: number; readonly height: number } {
  if (node.factor === undefined) return { width: pixelsParameter(node, 'width'), height: pixelsParameter(node, 'height') };
  if (node.width !== undefined) refuseParameter(node, 'width', 'left out where factor is given');
  if (node.height !== undefined) refuseParameter(node, 'height', 'left out where factor is given');
  const factor = numberParameter(node, 'factor', undefined, 1 / 64, 64);
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

const antialias = (node: GraphNodeSpec): boolean => {
  if (node.antialias === undefined || typeof node.antialias === 'boolean') return node.antialias ?? true;
  return refuseParameter(node, 'antialias', 'true or false');
};

function resizeRows(source: Float32Array, rows: number, from: number, channels: number, taps: Taps, result: Float32Array): void {
  const to = taps.first.length;
  for (let y = 0; y < rows; y++) {
    const base = y * from * channels;
    for (let x = 0; x < to; x++) {
      const start = base + taps.first[x] * channels;
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let k = 0, j = start + channel; k < taps.count; k++, j += channels) sum += taps.weights[x * taps.count + k] * source[j];
        result[(y * to + x) * channels + channel] = sum;
      }
    }
  }
}

function resizeColumns(source: Float32Array, stride: number, taps: Taps, result: Float32Array): void {
  const rows = taps.first.length;
  for (let y = 0; y < rows; y++) {
    const row = result.subarray(y * stride, (y + 1) * stride).fill(0);
    for (let k = 0; k < taps.count; k++) {
      const weight = taps.weights[y * taps.count + k];
      const base = (taps.first[y] + k) * stride;
      if (weight !== 0) for (let i = 0; i < stride; i++) row[i] += weight * source[base + i];
    }
  }
}

/**
 * `{ op: 'resize', factor: number }` or `{ op: 'resize', width, height }`, with `antialias?: boolean`: bilinear, pixel
 * centres at half (`align_corners` false). Sizes of a `factor` in [1/64, 64] are rounded to the nearest. Where it shrinks
 * and `antialias` is true (default), the triangle is widened by the factor, as Pillow and PyTorch's `antialias` do.
 * Undone by resizing back, which does not bring back lost detail.
 */
export const resize: GraphOperation = {
  op: 'resize',
  arity: 1,
  parameters: ['factor', 'width', 'height', 'antialias'],
  infer([input], node) {
    antialias(node);
    return { ...input, ...targetSize(node, input) };
  },
  compute(node, [input]): PictureFunction {
    const { width, height } = targetSize(node, input);
    const horizontal = linearTaps(input.width, width, antialias(node));
    const vertical = linearTaps(input.height, height, antialias(node));
    const stride = width * input.channels;
    const between = new Float32Array(input.height * stride);
    return ([picture], result) => {
      resizeRows(picture, input.height, input.width, input.channels, horizontal, between);
      resizeColumns(between, stride, vertical, result);
    };
  },
  invert: (node, { width, height }) => [{ op: 'resize', width, height, antialias: antialias(node) }],
};
