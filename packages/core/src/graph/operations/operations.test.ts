import { describe, expect, test } from 'vitest';
import { InvalidArgumentError } from '../../errors/index.ts';
import { createOperationRegistry } from '../operation-registry.ts';
import reference from '../fixtures/operations.json' with { type: 'json' };
import type { GraphNodeSpec } from '../node-spec.ts';
import type { GraphValueType } from '../operation.ts';

const registry = createOperationRegistry();

interface Picture extends Partial<GraphValueType> {
  readonly data: readonly number[];
}

/** Runs one operation on pictures of one row unless told otherwise; missing parts of the type are float32 sRGB grey. */
function run(node: GraphNodeSpec, ...pictures: readonly Picture[]): { readonly type: GraphValueType; readonly data: number[] } {
  const operation = registry.get(node.op)!;
  const types = pictures.map(({ data, ...given }): GraphValueType => {
    const { channels = 1, height = 1 } = given;
    const width = given.width ?? data.length / channels / height;
    return { order: 'rgb', type: 'float32', transfer: 'srgb', layout: 'HWC', ...given, width, height, channels };
  });
  const type = operation.infer(types, node);
  const [input] = types;
  const { data } = pictures[0];
  const map = operation.channelMap?.(node, input);
  const lines = operation.affine?.(node, input);
  const at = operation.sample?.(node, input);
  if (map) {
    return { type, data: Array.from({ length: data.length / input.channels }, (_, i) => map.map((from) => data[i * input.channels + from])).flat() };
  }
  if (lines) return { type, data: data.map((value, i) => lines(i % input.channels)[0] * value + lines(i % input.channels)[1]) };
  if (at) return { type, data: data.map((value, i) => at(value, i % input.channels)) };
  if (!operation.compute) return { type, data: [...data] };
  if (operation.sample) return { type, data: [...data] };
  const result = new Float32Array(type.width * type.height * type.channels).fill(NaN);
  operation.compute(node, types)(pictures.map((picture) => Float32Array.from(picture.data)), result);
  return { type, data: [...result] };
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance = 1e-6): void {
  expect(actual).toHaveLength(expected.length);
  const worst = actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
  expect(worst).toBeLessThanOrEqual(tolerance);
}

function parameterOf(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (error) {
    if (InvalidArgumentError.isInstance(error)) return error.details.parameter;
    throw error;
  }
  return 'no error';
}

describe('convert', () => {
  test('keeps the meaning between all types', () => {
    expect(run({ op: 'convert', to: 'float32' }, { type: 'uint8', data: [0, 51, 255] }).data).toEqual([0, 0.2, 1]);
    expect(run({ op: 'convert', to: 'float32' }, { type: 'uint16', data: [0, 13107, 65535] }).data).toEqual([0, 0.2, 1]);
    expect(run({ op: 'convert', to: 'uint16' }, { type: 'uint8', data: [0, 1, 255] }).data).toEqual([0, 257, 65535]);
    expect(run({ op: 'convert', to: 'uint8' }, { type: 'uint16', data: [128, 129, 65535 - 128, 65535 - 129] }).data).toEqual([0, 1, 255, 254]);
  });

  test('clamps and rounds to integers, halves up, NaN to 0', () => {
    const data = [-1, -0.001, 0.0019, 0.002, 0.5, 0.999, 1.001, Infinity, -Infinity, NaN];
    expect(run({ op: 'convert', to: 'uint8' }, { data }).data).toEqual([0, 0, 0, 1, 128, 255, 255, 255, 0, 0]);
    expect(run({ op: 'convert', to: 'uint16' }, { data: [0.5, 2] }).data).toEqual([32768, 65535]);
  });

  test('names a wrong parameter', () => {
    expect(parameterOf(() => run({ op: 'convert', to: 'float64' }, { data: [0] }))).toBe('to');
    expect(() => run({ op: 'convert' }, { data: [0] })).toThrow("'to' of convert is missing; it must be 'uint8' or 'uint16' or 'float32'.");
  });
});

describe('transfer', () => {
  test('is the sRGB curve, both ways', () => {
    const linear = run({ op: 'transfer', to: 'linear' }, { data: [0, 0.04045, 0.5, 1] });
    expectClose(linear.data, [0, 0.04045 / 12.92, 0.21404114, 1]);
    expect(linear.type.transfer).toBe('linear');
    expectClose(run({ op: 'transfer', to: 'srgb' }, { transfer: 'linear', data: [0, 0.21404114, 1] }).data, [0, 0.5, 1]);
  });

  test('leaves alone what has the transfer', () => {
    expect(run({ op: 'transfer', to: 'srgb' }, { data: [0.3] }).data).toEqual([0.3]);
    expect(registry.get('transfer')!.invert!({ op: 'transfer', to: 'srgb' }, run({ op: 'transfer', to: 'srgb' }, { data: [0.3] }).type))
      .toEqual([{ op: 'transfer', to: 'srgb' }]);
  });
});

describe('channels', () => {
  const colours = reference.colours;

  test('replicates grey and reorders colour', () => {
    expect(run({ op: 'channels', to: 3 }, { data: [0.1, 0.2] }).data).toEqual([0.1, 0.1, 0.1, 0.2, 0.2, 0.2]);
    const bgr = run({ op: 'channels', to: 3, order: 'bgr' }, { channels: 3, data: [1, 2, 3, 4, 5, 6] });
    expect(bgr.data).toEqual([3, 2, 1, 6, 5, 4]);
    expect(bgr.type.order).toBe('bgr');
    expect(run({ op: 'channels', to: 3 }, { channels: 3, order: 'bgr', data: [3, 2, 1] }).data).toEqual([1, 2, 3]);
  });

  test('makes grey by BT.601 luma of sRGB and BT.709 luminance of linear light, as scikit-image does', () => {
    expectClose(run({ op: 'channels', to: 1 }, { channels: 3, data: colours }).data, reference.luma);
    const reversed = run({ op: 'channels', to: 3, order: 'bgr' }, { channels: 3, data: colours });
    expectClose(run({ op: 'channels', to: 1 }, { ...reversed.type, data: reversed.data }).data, reference.luma);
    expectClose(run({ op: 'channels', to: 1 }, { channels: 3, transfer: 'linear', data: colours }).data, reference['luminance of linear light'], 1e-4);
  });

  test('makes grey by the mean', () => {
    expectClose(run({ op: 'channels', to: 1, by: 'mean' }, { channels: 3, data: [0.1, 0.2, 0.6] }).data, [0.3]);
  });

  test('names wrong parameters', () => {
    expect(parameterOf(() => run({ op: 'channels', to: 2 }, { data: [0] }))).toBe('to');
    expect(parameterOf(() => run({ op: 'channels', to: 3, order: 'rbg' }, { data: [0] }))).toBe('order');
    expect(parameterOf(() => run({ op: 'channels', to: 1, by: 'green' }, { channels: 3, data: [0, 0, 0] }))).toBe('by');
    expect(() => run({ op: 'channels', to: 1 }, { channels: 2, data: [0, 0] })).toThrow('it gets 2');
  });
});

test('recolour replaces the luma as going through YUV does', () => {
  const result = run({ op: 'recolour' }, { data: reference['brightened luma'] }, { channels: 3, data: reference.colours });
  expectClose(result.data, reference.brightened, 1e-5);
  expect(result.type.channels).toBe(3);
  expect(() => run({ op: 'recolour' }, { data: [0] }, { data: [0] })).toThrow('it gets 1 and 1');
  expect(() => run({ op: 'recolour' }, { data: [0] }, { channels: 3, data: [0, 0, 0, 0, 0, 0] })).toThrow('1×1 and 2×1');
});

describe('normalise', () => {
  test('subtracts the mean and divides by std, one or for each channel', () => {
    expectClose(run({ op: 'normalise', mean: 0.5, std: 0.5 }, { data: [0, 0.5, 1] }).data, [-1, 0, 1], 1e-12);
    expectClose(run({ op: 'normalise', mean: [0.1, 0.2, 0.3], std: [1, 2, 4] }, { channels: 3, data: [0.1, 1.2, 2.3] }).data, [0, 0.5, 0.5], 1e-12);
    expectClose(run({ op: 'normalise', std: 1 / 255 }, { data: [0.2] }).data, [51], 1e-12);
  });

  test('is undone by its inverse', () => {
    const node = { op: 'normalise', mean: [0.4, 0.5, 0.6], std: [0.2, -0.3, 4] };
    const there = run(node, { channels: 3, data: [0.1, 0.2, 0.3] });
    const [back] = registry.get('normalise')!.invert!(node, there.type)!;
    expectClose(run(back, { channels: 3, data: there.data }).data, [0.1, 0.2, 0.3], 1e-12);
  });

  test('names wrong parameters', () => {
    expect(parameterOf(() => run({ op: 'normalise', mean: [0, 0] }, { channels: 3, data: [0, 0, 0] }))).toBe('mean');
    expect(parameterOf(() => run({ op: 'normalise', mean: 0, std: 0 }, { data: [0] }))).toBe('std');
    expect(parameterOf(() => run({ op: 'normalise', mean: '0.5' }, { data: [0] }))).toBe('mean');
    expect(parameterOf(() => run({ op: 'normalise' }, { data: [0] }))).toBe('mean');
  });
});

test('clamp limits values', () => {
  expect(run({ op: 'clamp' }, { data: [-0.5, 0.25, 7] }).data).toEqual([0, 0.25, 1]);
  expect(run({ op: 'clamp', min: -1, max: 2 }, { data: [-3, -0.5, 7] }).data).toEqual([-1, -0.5, 2]);
  expect(parameterOf(() => run({ op: 'clamp', min: 2, max: 1 }, { data: [0] }))).toBe('min');
  expect(parameterOf(() => run({ op: 'clamp', max: Infinity }, { data: [0] }))).toBe('max');
});

test('layout changes the type only', () => {
  const planes = run({ op: 'layout', to: 'NCHW' }, { data: [1, 2] });
  expect(planes.type.layout).toBe('CHW');
  expect(planes.data).toEqual([1, 2]);
  expect(run({ op: 'layout', to: 'NHWC' }, { layout: 'CHW', data: [1] }).type.layout).toBe('HWC');
  expect(parameterOf(() => run({ op: 'layout', to: 'HWC' }, { data: [0] }))).toBe('to');
});

describe('resize', () => {
  test.each(reference.resized)('from $size to $target, antialiased: $antialias, as Pillow or SciPy', ({ size, target, antialias, data, result }) => {
    const [width, height] = target;
    const node = { op: 'resize', width, height, ...(antialias ? {} : { antialias }) };
    expectClose(run(node, { width: size[0], height: size[1], data }).data, result, 2e-6);
  });

  test('treats channels alike and rounds sizes of a factor', () => {
    const { size, target, data, result } = reference.resized[0];
    const colour = run({ op: 'resize', factor: 2 }, { width: size[0], height: size[1], channels: 2, data: data.flatMap((value) => [value, 2 * value]) });
    expect(colour.type).toMatchObject({ width: target[0], height: target[1], channels: 2 });
    expectClose(colour.data, result.flatMap((value) => [value, 2 * value]), 4e-6);
    expect(run({ op: 'resize', factor: 0.3 }, { width: 5, height: 1, data: [1, 1, 1, 1, 1] }).type).toMatchObject({ width: 2, height: 1 });
  });

  test('names wrong parameters', () => {
    expect(parameterOf(() => run({ op: 'resize', factor: 0 }, { data: [0] }))).toBe('factor');
    expect(parameterOf(() => run({ op: 'resize', width: 2 }, { data: [0] }))).toBe('height');
    expect(parameterOf(() => run({ op: 'resize', factor: 2, height: 2 }, { data: [0] }))).toBe('height');
    expect(parameterOf(() => run({ op: 'resize', factor: 2, antialias: 1 }, { data: [0] }))).toBe('antialias');
  });
});

describe('pad and crop', () => {
  test.each(reference.padded)('$size to $target by $mode as NumPy does, and back', ({ size, target, mode, data, result }) => {
    const [width, height] = target;
    const picture = { width: size[0], height: size[1], channels: 3, data };
    const padded = run({ op: 'pad', width, height, ...(mode === 'reflect' ? {} : { mode }) }, picture);
    expect(padded.data).toEqual(result);
    const [back] = registry.get('pad')!.invert!({ op: 'pad', width, height }, { ...padded.type, width: size[0], height: size[1] })!;
    expect(run(back, { ...padded.type, data: padded.data }).data).toEqual(data);
  });

  test('pads to a multiple', () => {
    expect(run({ op: 'pad', multipleOf: 4 }, { width: 5, height: 1, data: [1, 2, 3, 4, 5] }).type).toMatchObject({ width: 8, height: 4 });
    expect(run({ op: 'pad', multipleOf: 5 }, { width: 5, height: 5, data: Array.from({ length: 25 }, () => 1) }).type).toMatchObject({ width: 5, height: 5 });
  });

  test('crops from anywhere', () => {
    const data = [0, 1, 2, 10, 11, 12, 20, 21, 22];
    expect(run({ op: 'crop', width: 2, height: 1, x: 1, y: 2 }, { width: 3, height: 3, data }).data).toEqual([21, 22]);
  });

  test('names wrong parameters', () => {
    expect(parameterOf(() => run({ op: 'pad', multipleOf: 0 }, { data: [0] }))).toBe('multipleOf');
    expect(parameterOf(() => run({ op: 'pad', width: 1, height: 1 }, { data: [0, 0] }))).toBe('width');
    expect(parameterOf(() => run({ op: 'pad', multipleOf: 2, mode: 'zero' }, { data: [0] }))).toBe('mode');
    expect(parameterOf(() => run({ op: 'crop', width: 2, height: 1, x: 1 }, { data: [0, 0] }))).toBe('width');
    expect(parameterOf(() => run({ op: 'crop', width: 1, height: 1, y: 0.5 }, { data: [0, 0] }))).toBe('y');
  });
});

test('residual adds', () => {
  expect(run({ op: 'residual' }, { data: [0.5, 1] }, { data: [0.25, -2] }).data).toEqual([0.75, -1]);
  expect(run({ op: 'residual', scale: -2 }, { data: [0.5] }, { data: [0.25] }).data).toEqual([0]);
  expect(() => run({ op: 'residual' }, { data: [0] }, { data: [0, 0] })).toThrow('1×1×1 and 2×1×1');
  expect(parameterOf(() => run({ op: 'residual', scale: NaN }, { data: [0] }, { data: [0] }))).toBe('scale');
});

test('blend mixes', () => {
  expect(run({ op: 'blend', weight: 0.25 }, { data: [0, 1] }, { data: [1, 3] }).data).toEqual([0.25, 1.5]);
  expect(run({ op: 'blend' }, { data: [0] }, { data: [1] }).data).toEqual([0.5]);
  expect(parameterOf(() => run({ op: 'blend', weight: 1.5 }, { data: [0] }, { data: [0] }))).toBe('weight');
});
