import { describe, expect, test } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { compilePost } from './compile-post.ts';
import { compilePre } from './compile-pre.ts';
import { createOperationRegistry } from './operation-registry.ts';
import type { CompilePostOptions } from './compile-post.ts';
import type { GraphOperation } from './operation.ts';
import type { ImageTensorSpec } from '../models/manifest.ts';

const registry = createOperationRegistry();
const tile = { width: 2, height: 1 };
const colour = { channels: 3, type: 'uint8', transfer: 'srgb' } as const;
const grey = { channels: 1, type: 'uint8', transfer: 'srgb' } as const;

const tensor = (given: Partial<ImageTensorSpec> = {}): ImageTensorSpec =>
  ({ name: 'x', role: 'image', layout: 'NCHW', type: 'float32', channels: 3, ...given });

function post(given: Partial<CompilePostOptions>): ReturnType<typeof compilePost> {
  const input = given.input ?? tensor();
  return compilePost({ preNodes: [], source: colour, tile, input, output: { ...input, name: 'y' }, registry, ...given });
}

function issuesOf(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (error) {
    if (InvalidArgumentError.isInstance(error)) return error.details.issues;
    throw error;
  }
  return [];
}

function expectClose(actual: Float32Array, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expect(actual.reduce((worst, value, i) => Math.max(worst, Math.abs(value - expected[i])), 0)).toBeLessThanOrEqual(1e-6);
}

describe('without nodes', () => {
  test('interleaves planes, from the given picture of the batch on', () => {
    const result = new Float32Array(6);
    const batch = Float32Array.of(9, 9, 9, 9, 9, 9, 1, 2, 10, 20, 100, 200);
    post({}).run(batch, 6, new Uint8Array(6), result);
    expect([...result]).toEqual([1, 10, 100, 2, 20, 200]);
  });

  test('undoes nodes in reverse order', () => {
    const preNodes = [{ op: 'normalise', mean: 0.5, std: 0.5 }, { op: 'normalise', mean: [1, 2, 3] }, { op: 'channels', to: 3, order: 'bgr' }];
    const result = new Float32Array(6);
    post({ preNodes }).run(Float32Array.of(-2, -3, -2, -2.5, -1, -2), 0, new Uint8Array(6), result);
    expectClose(result, [0.5, 0.25 + 0.25, 1, 0, 0.25, 0.5]);
  });

  test('makes grey of three channels by their mean for a grey picture', () => {
    const result = new Float32Array(2);
    post({ source: grey }).run(Float32Array.of(0, 0.3, 0.3, 0.3, 0.6, 0.6), 0, new Uint8Array(2), result);
    expectClose(result, [0.3, 0.4]);
  });

  test.each([[], [{ op: 'channels', to: 1 }], [{ op: 'channels', to: 1, by: 'mean' }]].map((nodes) => [JSON.stringify(nodes), nodes] as const))(
    'gives a colour picture its colours back after a grey network, pre %s', (_, preNodes) => {
      const source = Uint8Array.of(255, 0, 0, 51, 102, 153);
      const input = tensor({ channels: 1 });
      const given = new Float32Array(2);
      compilePre({ nodes: preNodes, source: colour, tile, tensor: input, registry }).run(source, given, 0);
      const result = new Float32Array(6);
      post({ preNodes, input }).run(given.map((value) => value + 0.1), 0, source, result);
      expectClose(result, [1.1, 0.1, 0.1, 0.3, 0.5, 0.7]);
    },
  );

  test('returns linear light to a linear picture', () => {
    const result = new Float32Array(2);
    const source = { channels: 1, type: 'float32', transfer: 'linear' } as const;
    post({ source, input: tensor({ channels: 1 }) }).run(Float32Array.of(0.5, 1), 0, new Float32Array(2), result);
    expectClose(result, [0.21404114, 1]);
  });

  test('crops what was padded and resizes what was resized', () => {
    const source = { channels: 1, type: 'uint8', transfer: 'srgb' } as const;
    const input = tensor({ channels: 1 });
    const cropped = new Float32Array(2);
    post({ source, input, preNodes: [{ op: 'pad', multipleOf: 3 }] }).run(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 0, new Uint8Array(2), cropped);
    expect([...cropped]).toEqual([1, 2]);
    const resized = new Float32Array(2);
    post({ source, input, preNodes: [{ op: 'resize', width: 1, height: 1 }] }).run(Float32Array.of(0.25), 0, new Uint8Array(2), resized);
    expect([...resized]).toEqual([0.25, 0.25]);
  });

  test('names a node that cannot be undone', () => {
    const preNodes = [{ op: 'clamp' }, { op: 'blend', inputs: ['source', 'source'] }, { op: 'normalise', mean: 0.5 }];
    expect(issuesOf(() => post({ preNodes }))).toEqual([{ pointer: '/pre/1', message: expect.stringContaining('nothing undoes this node, blend') }]);
    expect(issuesOf(() => post({ preNodes: [{ op: 'clamp' }, { op: 'clamp', inputs: ['source'] }] }))).toMatchObject([{ pointer: '/pre/1' }]);
    expect(issuesOf(() => post({ preNodes, nodes: [] }))).toEqual([]);
  });
});

describe('with nodes', () => {
  test('adds what the model was given, in the values it was given', () => {
    const preNodes = [{ op: 'normalise', mean: 0.5 }];
    const nodes = [{ op: 'residual', inputs: ['y', 'input'] }, { op: 'normalise', mean: -0.5 }];
    const result = new Float32Array(6);
    const source = Uint8Array.of(0, 51, 102, 153, 204, 255);
    post({ preNodes, nodes }).run(Float32Array.of(0.1, 0, 0, 0, 0, -0.1), 0, source, result);
    expectClose(result, [0.1, 0.2, 0.4, 0.6, 0.8, 0.9]);
    post({ preNodes, nodes: [{ op: 'residual', inputs: ['y', 'x'] }, nodes[1]] }).run(new Float32Array(6), 0, source, result);
    expectClose(result, [0, 0.2, 0.4, 0.6, 0.8, 1]);
  });

  test('blends with the source, whatever its type, transfer and channels', () => {
    const source = { channels: 1, type: 'uint16', transfer: 'linear' } as const;
    const result = new Float32Array(2);
    const nodes = [{ op: 'channels', to: 1, by: 'mean' }, { op: 'blend', inputs: ['grey', 'source'], weight: 0.5 }];
    post({ source, nodes: [{ ...nodes[0], id: 'grey' }, nodes[1]] })
      .run(Float32Array.of(0, 1, 0, 1, 0, 1), 0, Uint16Array.of(65535, 65535), result);
    expectClose(result, [0.21404114, 1]);
    post({ source, nodes: [{ op: 'blend', inputs: ['y', 'source'], weight: 1 }] }).run(new Float32Array(6), 0, Uint16Array.of(13107, 65535), result);
    expectClose(result, [0.2, 1]);
  });

  test('a wrong size is an issue', () => {
    expect(issuesOf(() => post({ nodes: [{ op: 'pad', multipleOf: 4 }] }))).toEqual([
      { pointer: '/post/0', message: 'The post graph ends with 4×4 pixels for a tile of 2×1.' },
    ]);
  });
});

describe('operations of plugins', () => {
  const half: GraphOperation = {
    op: 'half', arity: 1, infer: ([input]) => input, sample: () => (value) => value / 2, invert: () => [{ op: 'normalise', std: 0.5 }],
  };
  const swap: GraphOperation = {
    op: 'swap', arity: 1, infer: ([input]) => input, invert: () => [{ op: 'swap' }],
    compute: () => ([picture], result) => result.set([...picture.slice(3), ...picture.slice(0, 3)]),
  };

  test('work in pre and post graphs, given and derived', () => {
    const plugins = createOperationRegistry([half, swap]);
    const preNodes = [{ op: 'half' }, { op: 'swap' }];
    const source = Uint8Array.of(0, 51, 102, 153, 204, 255);
    const given = new Float32Array(6);
    compilePre({ nodes: preNodes, source: colour, tile, tensor: tensor(), registry: plugins }).run(source, given, 0);
    expectClose(given, [0.3, 0, 0.4, 0.1, 0.5, 0.2]);
    const result = new Float32Array(6);
    post({ preNodes, registry: plugins }).run(given, 0, source, result);
    expectClose(result, [0, 0.2, 0.4, 0.6, 0.8, 1]);
    post({ preNodes, nodes: [{ op: 'swap' }, { op: 'half' }], registry: plugins }).run(given, 0, source, result);
    expectClose(result, [0, 0.05, 0.1, 0.15, 0.2, 0.25]);
  });

  test('are refused where they infer another size without computing it', () => {
    const plugins = createOperationRegistry([{ ...half, infer: ([input]) => ({ ...input, width: input.width * 2 }) }]);
    expect(issuesOf(() => post({ preNodes: [{ op: 'half' }], registry: plugins }))).toMatchObject([{ pointer: '/pre/0' }]);
  });
});

describe('memory', () => {
  const pre = compilePre({ nodes: [], source: colour, tile, tensor: tensor(), registry });

  test.each<[string, () => void, string]>([
    ['a tile of another type', () => pre.run(new Uint16Array(6), new Float32Array(6), 0), 'The tile is a Uint16Array; uint8 samples come in a Uint8Array.'],
    ['a short tile', () => pre.run(new Uint8Array(5), new Float32Array(6), 0), 'The tile has 5 samples; 6 are needed'],
    ['a short tensor', () => pre.run(new Uint8Array(6), new Float32Array(8), 3), 'The tensor has 8 samples; 6 are needed from 3 on'],
    ['another tensor type', () => pre.run(new Uint8Array(6), new Uint16Array(6), 0), 'The tensor is a Uint16Array'],
    ['a short output tensor', () => post({}).run(new Float32Array(6), 1, new Uint8Array(6), new Float32Array(6)), 'The tensor has 6 samples'],
    ['a short result', () => post({}).run(new Float32Array(6), 0, new Uint8Array(6), new Float32Array(5)), 'The result has 5 samples'],
  ])('%s is refused', (_, attempt, message) => {
    expect(attempt).toThrow(InvalidArgumentError);
    expect(attempt).toThrow(message);
  });
});
