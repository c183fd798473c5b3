import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { compilePost } from './compile-post.ts';
import { compilePre } from './compile-pre.ts';
import { createFloat16Decoder } from './float16.ts';
import { createOperationRegistry } from './operation-registry.ts';
import { quantise } from './quantise.ts';
import type { GraphNodeSpec } from './node-spec.ts';
import type { GraphOperation } from './operation.ts';
import type { SampleArray, SampleType } from '../image/pixel-image.ts';
import type { ImageTensorSpec } from '../models/manifest.ts';
import type { PixelFormat, TileSize } from '../runtime/tile-program.ts';

/** What a plugin might bring: a sample operation that differs by channel, and one that needs the whole picture. */
const tilt: GraphOperation = {
  op: 'tilt', arity: 1, parameters: ['by'],
  infer: ([input]) => input,
  sample: (node) => (value, channel) => value * (1 + (node.by as number) * channel) + 0.25,
  invert: (node) => [{ op: 'untilt', by: node.by }],
};
const untilt: GraphOperation = {
  op: 'untilt', arity: 1, parameters: ['by'],
  infer: ([input]) => input,
  sample: (node) => (value, channel) => (value - 0.25) / (1 + (node.by as number) * channel),
};
const mirror: GraphOperation = {
  op: 'mirror', arity: 1, parameters: [],
  infer: ([input]) => input,
  compute: (_node, [{ channels }]) => ([picture], result) => {
    for (let i = 0; i < result.length; i += channels) {
      for (let c = 0; c < channels; c++) result[i + c] = picture[picture.length - channels - i + c];
    }
  },
  invert: () => [{ op: 'mirror' }],
};
const registry = createOperationRegistry([tilt, untilt, mirror]);

/** A picture of the reference interpreter: H×W×C doubles. */
interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly order: string;
  readonly transfer: string;
  readonly data: readonly number[];
}

const maximum: Record<SampleType, number> = { uint8: 255, uint16: 65535, float32: 1 };
const decode = (v: number): number => (v < 0 ? -decode(-v) : v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const encode = (v: number): number => (v < 0 ? -encode(-v) : v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);
const pixelsOf = ({ channels, data }: Picture): number[][] =>
  Array.from({ length: data.length / channels }, (_, i) => data.slice(i * channels, (i + 1) * channels) as number[]);
const mapPixels = (picture: Picture, change: (pixel: number[]) => number[]): Picture => {
  const pixels = pixelsOf(picture).map(change);
  return { ...picture, channels: pixels[0].length, data: pixels.flat() };
};

/** One operation after the other, whole pictures between, from the definitions alone. */
function interpret(node: GraphNodeSpec, picture: Picture, source: Picture): Picture {
  const each = (change: (value: number, channel: number) => number): Picture => mapPixels(picture, (pixel) => pixel.map(change));
  const list = (value: unknown, channel: number): number => (Array.isArray(value) ? value[channel] as number : value as number);
  switch (node.op) {
    case 'transfer':
      if (node.to === picture.transfer) return picture;
      return { ...each(node.to === 'linear' ? decode : encode), transfer: node.to as string };
    case 'channels': {
      const order = (node.order ?? 'rgb') as string;
      if (picture.channels === 3 && node.to === 3) {
        return order === picture.order ? picture : { ...mapPixels(picture, ([a, b, c]) => [c, b, a]), order };
      }
      if (node.to === 3) return { ...mapPixels(picture, ([grey]) => [grey, grey, grey]), order };
      if (picture.channels === 1) return picture;
      const weights = picture.transfer === 'linear' ? [0.2126, 0.7152, 0.0722] : [0.299, 0.587, 0.114];
      if (picture.order === 'bgr') weights.reverse();
      return { ...mapPixels(picture, (pixel) => [pixel.reduce((sum, value, c) => sum + value * weights[c], 0)]), order: 'rgb' };
    }
    case 'normalise': return each((value, c) => (value - list(node.mean ?? 0, c)) / list(node.std ?? 1, c));
    case 'clamp': return each((value) => Math.min(Math.max(value, (node.min ?? 0) as number), (node.max ?? 1) as number));
    case 'tilt': return each((value, c) => value * (1 + (node.by as number) * c) + 0.25);
    case 'mirror': return { ...picture, data: pixelsOf(picture).reverse().flat() };
    case 'pad': {
      const { width, height, channels, data } = picture;
      const multiple = node.multipleOf as number;
      const [w, h] = [Math.ceil(width / multiple) * multiple, Math.ceil(height / multiple) * multiple];
      const at = (x: number, y: number): number[] => {
        const i = (Math.min(y, height - 1) * width + Math.min(x, width - 1)) * channels;
        return data.slice(i, i + channels) as number[];
      };
      return { ...picture, width: w, height: h, data: Array.from({ length: w * h }, (_, i) => at(i % w, Math.floor(i / w))).flat() };
    }
    case 'residual': {
      const other = alike(source, picture);
      return { ...picture, data: picture.data.map((value, i) => value + (node.scale as number) * other.data[i]) };
    }
    default: throw new Error(node.op);
  }
}

function alike(source: Picture, { channels, order, transfer }: Picture): Picture {
  const recounted = interpret({ op: 'channels', to: channels, order }, source, source);
  return interpret({ op: 'transfer', to: transfer }, recounted, source);
}

interface Case {
  readonly nodes: readonly GraphNodeSpec[];
  readonly source: PixelFormat;
  readonly tile: TileSize;
  readonly tensor: ImageTensorSpec;
  readonly samples: SampleArray;
}

function naivePre({ nodes, source, tile, tensor, samples }: Case): Picture {
  const raw: Picture = { ...tile, channels: source.channels, order: 'rgb', transfer: source.transfer, data: Array.from(samples, (v) => v / maximum[source.type]) };
  const first = nodes.findIndex(({ op }) => op !== 'transfer' && op !== 'channels');
  const leading = (first === -1 ? nodes : nodes.slice(0, first)).map(({ op }) => op);
  let picture = raw;
  if (!leading.includes('transfer')) picture = interpret({ op: 'transfer', to: 'srgb' }, picture, raw);
  if (!leading.includes('channels')) picture = interpret({ op: 'channels', to: tensor.channels }, picture, raw);
  for (const node of nodes) picture = interpret(node, picture, raw);
  return picture;
}

/** Elements of the tensor in memory order. */
function laidOut({ channels, data }: Picture, layout: string): number[] {
  if (layout === 'NHWC') return [...data];
  return Array.from({ length: channels }, (_, c) => data.filter((_value, i) => i % channels === c)).flat();
}

const channelCount = fc.constantFrom(1 as const, 3 as const);
const tensors = (types: readonly ImageTensorSpec['type'][]): fc.Arbitrary<ImageTensorSpec> => fc.record({
  name: fc.constant('x'), role: fc.constant('image' as const), layout: fc.constantFrom('NCHW' as const, 'NHWC' as const),
  type: fc.constantFrom(...types), channels: channelCount,
});
const formats = fc.record({
  channels: channelCount, type: fc.constantFrom('uint8' as const, 'uint16' as const, 'float32' as const),
  transfer: fc.constantFrom('srgb' as const, 'linear' as const),
});
const sizes = fc.record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 7 }) });
const fraction = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

function typeChanges({ channels }: ImageTensorSpec): fc.Arbitrary<GraphNodeSpec> {
  return fc.oneof(
    fc.record({ op: fc.constant('transfer'), to: fc.constantFrom('srgb', 'linear') }),
    channels === 3
      ? fc.record({ op: fc.constant('channels'), to: fc.constant(3), order: fc.constantFrom('rgb', 'bgr') })
      : fc.constant({ op: 'channels', to: 1 }),
  );
}

function invertible({ channels }: ImageTensorSpec): fc.Arbitrary<GraphNodeSpec> {
  const perChannel = (min: number, max: number): fc.Arbitrary<number | number[]> =>
    fc.oneof(fraction(min, max), fc.array(fraction(min, max), { minLength: channels, maxLength: channels }));
  return fc.oneof(
    typeChanges({ channels } as ImageTensorSpec),
    fc.record({ op: fc.constant('normalise'), mean: perChannel(0.2, 0.6), std: perChannel(0.5, 2) }),
    fc.record({ op: fc.constant('tilt'), by: fraction(0.1, 0.5) }),
    fc.constant({ op: 'mirror' }),
    fc.record({ op: fc.constant('pad'), multipleOf: fc.integer({ min: 1, max: 4 }), mode: fc.constant('replicate') }),
  );
}

function samplesFor({ channels, type }: PixelFormat, { width, height }: TileSize): fc.Arbitrary<SampleArray> {
  const length = { minLength: width * height * channels, maxLength: width * height * channels };
  if (type === 'uint8') return fc.uint8Array(length);
  if (type === 'uint16') return fc.uint16Array(length);
  return fc.array(fraction(0, 1), length).map((values) => Float32Array.from(values));
}

function cases(node: (tensor: ImageTensorSpec) => fc.Arbitrary<GraphNodeSpec>, types: readonly ImageTensorSpec['type'][]): fc.Arbitrary<Case> {
  return fc.record({ source: formats, tile: sizes, tensor: tensors(types) }).chain(({ source, tile, tensor }) => fc.record({
    source: fc.constant(source), tile: fc.constant(tile), tensor: fc.constant(tensor),
    nodes: fc.array(node(tensor), { maxLength: 4 }), samples: samplesFor(source, tile),
  }));
}

const anyNode = (tensor: ImageTensorSpec): fc.Arbitrary<GraphNodeSpec> => fc.oneof(
  { weight: 5, arbitrary: invertible(tensor) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('clamp'), min: fraction(-0.2, 0.3), max: fraction(0.4, 1.2) }) },
);

function runPre({ nodes, source, tile, tensor, samples }: Case, place = 0): { data: Float32Array | Uint16Array | Uint8Array; size: number } {
  const program = compilePre({ nodes, source, tile, tensor, registry });
  const size = program.output.width * program.output.height * program.output.channels;
  const Kind = { float32: Float32Array, float16: Uint16Array, uint8: Uint8Array, int64: Float32Array }[tensor.type];
  const data = new Kind(size * (place + 1));
  program.run(samples, data, size * place);
  return { data: data.subarray(size * place), size };
}

function expectWithin(actual: ArrayLike<number>, expected: readonly number[], tolerance: (expected: number) => number): void {
  expect(actual).toHaveLength(expected.length);
  const excess = expected.map((value, i) => Math.abs(actual[i] - value) / tolerance(value));
  expect(excess.reduce((most, value) => Math.max(most, value), 0)).toBeLessThanOrEqual(1);
}

describe('the fused pre graph equals one operation after the other', () => {
  test('into float32', () => {
    fc.assert(fc.property(cases(anyNode, ['float32']), fc.nat(2), (given, place) => {
      const { data } = runPre(given, place);
      expectWithin(data, laidOut(naivePre(given), given.tensor.layout), (value) => 3e-6 * Math.max(1, Math.abs(value)));
    }), { numRuns: 300 });
  });

  test('into float16 bits, to half a step', () => {
    const value = createFloat16Decoder();
    fc.assert(fc.property(cases(anyNode, ['float16']), (given) => {
      const { data } = runPre(given);
      const values = Array.from(data, value);
      expectWithin(values, laidOut(naivePre(given), given.tensor.layout), (expected) => 2 ** -11 * Math.abs(expected) + 4e-6);
    }), { numRuns: 150 });
  });

  test('into uint8, to the rounding of what lies between two levels', () => {
    fc.assert(fc.property(cases(anyNode, ['uint8']), (given) => {
      const { data } = runPre(given);
      const levels = laidOut(naivePre(given), given.tensor.layout).map((expected) => Math.min(Math.max(expected, 0), 1) * 255);
      expectWithin(data, levels, () => 0.5 + 2e-3);
    }), { numRuns: 150 });
  });

  test('through an interpolated curve for many float samples', () => {
    const tile = { width: 256, height: 70 };
    const samples = Float32Array.from({ length: 256 * 70 }, (_, i) => -0.02 + (1.05 * i) / (256 * 70));
    const tensor: ImageTensorSpec = { name: 'x', role: 'image', layout: 'NCHW', type: 'float32', channels: 1 };
    const transfers = { srgb: 'linear', linear: 'srgb' } as const;
    for (const transfer of ['srgb', 'linear'] as const) {
      const nodes = [{ op: 'transfer', to: transfers[transfer] }, { op: 'normalise', mean: 0.5 }];
      const given: Case = { nodes, source: { channels: 1, type: 'float32', transfer }, tile, tensor, samples };
      expectWithin(runPre(given).data, [...naivePre(given).data], () => 1e-6);
    }
  });

  test('with another input than the node before', () => {
    const nodes = fc.tuple(tensors(['float32']), fraction(-2, 2)).chain(([tensor, scale]) => fc.record({
      tensor: fc.constant(tensor), source: formats, tile: sizes,
      nodes: fc.array(typeChanges(tensor), { maxLength: 2 }).map((changes): GraphNodeSpec[] =>
        [...changes, { op: 'normalise', mean: 0.25, id: 'a' }, { op: 'clamp', id: 'b' }, { op: 'residual', inputs: ['a', 'source'], scale }]),
    }));
    const whole = nodes.chain((given) => samplesFor(given.source, given.tile).map((samples) => ({ ...given, samples })));
    fc.assert(fc.property(whole, (given) => {
      const { data } = runPre(given);
      const naive = naivePre({ ...given, nodes: given.nodes.filter(({ id }) => id !== 'b') });
      expectWithin(data, laidOut(naive, given.tensor.layout), () => 5e-6);
    }), { numRuns: 150 });
  });
});

describe('pre, then the post graph derived from it, gives the picture back', () => {
  test('floats to 1e-6, integers exactly, through float32', () => {
    fc.assert(fc.property(cases(invertible, ['float32']), fc.nat(2), (given, place) => {
      const { samples, source, tile, tensor, nodes } = given;
      const pre = compilePre({ nodes, source, tile, tensor, registry });
      const post = compilePost({ preNodes: nodes, source, tile, input: tensor, output: { ...tensor, name: 'y' }, registry });
      const size = pre.output.width * pre.output.height * pre.output.channels;
      const data = new Float32Array(size * (place + 1)).fill(NaN);
      pre.run(samples, data, size * place);
      const result = new Float32Array(samples.length).fill(NaN);
      post.run(data, size * place, samples, result);
      const before = Array.from(samples, (value) => value / maximum[source.type]);
      if (source.type !== 'float32') expect(quantise(result, source.type)).toEqual(samples);
      expectWithin(result, before, () => 1e-6);
      post.run(data, size * place, samples, result);
      expectWithin(result, before, () => 1e-6);
    }), { numRuns: 400 });
  });

  test.each(['float16', 'uint8'] as const)('8 bit exactly through %s', (type) => {
    fc.assert(fc.property(cases((tensor) => fc.constant(tensor.channels === 3 ? { op: 'channels', to: 3, order: 'bgr' } : { op: 'mirror' }), [type]), (given) => {
      const source = { ...given.source, type: 'uint8', transfer: 'srgb' } as const;
      const samples = Uint8Array.from(given.samples, (value) => (given.source.type === 'float32' ? value * 255 : value));
      const { tile, tensor, nodes } = given;
      fc.pre(source.channels <= tensor.channels || type === 'float16');
      const { data } = runPre({ ...given, source, samples });
      const result = new Float32Array(samples.length);
      compilePost({ preNodes: nodes, source, tile, input: tensor, output: { ...tensor, name: 'y' }, registry }).run(data, 0, samples, result);
      expect(quantise(result, 'uint8')).toEqual(samples);
    }), { numRuns: 100 });
  });
});
