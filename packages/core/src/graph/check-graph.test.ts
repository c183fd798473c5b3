import { describe, expect, test } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { checkGraph } from './check-graph.ts';
import { createOperationRegistry } from './operation-registry.ts';
import type { GraphManifest } from './check-graph.ts';
import type { GraphNodeSpec } from './node-spec.ts';
import type { ImageTensorSpec, SizeRule } from '../models/manifest.ts';

const image: ImageTensorSpec = { name: 'x', role: 'image', layout: 'NCHW', type: 'float32', channels: 3 };
const sigma = { name: 'sigma', role: 'parameter', type: 'float32', dims: [1], default: 0, minimum: 0, maximum: 1, description: '' } as const;
const registry = createOperationRegistry();

function manifest(pre: readonly GraphNodeSpec[], post?: readonly GraphNodeSpec[], size: SizeRule = { minimum: 16, multipleOf: 8 }): GraphManifest {
  return { tensors: { inputs: [image, sigma], outputs: [{ ...image, name: 'y' }] }, size, pre, ...(post ? { post } : {}) };
}

describe('accepts', () => {
  test.each<[string, GraphManifest]>([
    ['nothing', manifest([])],
    ['normalisation', manifest([{ op: 'normalise', mean: [0, 0, 0], std: 0.5 }])],
    ['type changes in a row', manifest([{ op: 'convert', to: 'float32' }, { op: 'transfer', to: 'linear' }, { op: 'layout', to: 'NHWC' }])],
    ['a residual', manifest([{ op: 'normalise', mean: 0.5, id: 'a' }], [{ op: 'residual', inputs: ['y', 'x'], id: 'sum' }, { op: 'blend', inputs: ['sum', 'source'] }])],
    ['padding where the size rule allows the result', manifest([{ op: 'pad', multipleOf: 16 }])],
    ['a fixed size', manifest([], undefined, { minimum: 256, multipleOf: 256, fixed: { width: 256, height: 256 } })],
  ])('%s', (_, given) => {
    expect(checkGraph(given, registry)).toEqual([]);
  });
});

describe('locates', () => {
  test.each<[string, GraphManifest, readonly string[]]>([
    ['an unknown operation', manifest([{ op: 'sharpen' }]), ['/pre/0/op']],
    ['a wrong parameter', manifest([{ op: 'clamp' }, { op: 'convert', to: 'float32' }, { op: 'normalise', mean: [0, 0] }]), ['/pre/2/mean']],
    ['an unknown parameter', manifest([{ op: 'normalise', mean: 0, 'st/d': 1 }]), ['/pre/0/st~1d']],
    ['a missing parameter', manifest([], [{ op: 'transfer' }]), ['/post/0/to']],
    ['several faults at once', manifest([{ op: 'normalise', std: 0 }, { op: 'transfer', to: 'hsv' }, { op: 'sharpen' }]), ['/pre/0/std', '/pre/2/op']],
    ['a node that refers to itself', manifest([{ op: 'clamp', id: 'a', inputs: ['a'] }]), ['/pre/0/inputs/0']],
    ['a reference to a later node', manifest([{ op: 'clamp', inputs: ['b'] }, { op: 'clamp', id: 'b' }]), ['/pre/0/inputs/0']],
    ['an unknown name', manifest([{ op: 'clamp', inputs: ['z'] }]), ['/pre/0/inputs/0']],
    ['the output in a pre graph', manifest([{ op: 'residual', inputs: ['source', 'y'] }]), ['/pre/0/inputs/1']],
    ['a parameter tensor as a picture', manifest([], [{ op: 'residual', inputs: ['y', 'sigma'] }]), ['/post/0/inputs/1']],
    ['a reserved name', manifest([{ op: 'clamp', id: 'source' }]), ['/pre/0/id']],
    ['the name of a tensor', manifest([{ op: 'clamp', id: 'sigma' }]), ['/pre/0/id']],
    ['a name given twice', manifest([{ op: 'clamp', id: 'a' }, { op: 'clamp', id: 'a' }]), ['/pre/1/id']],
    ['one input where two are taken', manifest([], [{ op: 'residual' }]), ['/post/0']],
    ['two inputs where one is taken', manifest([{ op: 'clamp', inputs: ['source', 'source'] }]), ['/pre/0/inputs']],
    ['operations that do not fit together', manifest([{ op: 'channels', to: 1, id: 'a' }, { op: 'recolour', inputs: ['a', 'a'] }]), ['/pre/1']],
    ['channels that are not the tensor’s', manifest([{ op: 'channels', to: 1 }]), ['/pre/0']],
    ['a size the model does not take', manifest([{ op: 'resize', factor: 0.3 }]), ['/pre/0']],
    ['a result that is not as large as the tile', manifest([], [{ op: 'resize', factor: 2 }]), ['/post/0']],
    ['a node that cannot be undone', manifest([{ op: 'clamp' }, { op: 'residual', inputs: ['source', 'source'] }]), ['/pre/1']],
  ])('%s', (_, given, pointers) => {
    expect(checkGraph(given, registry).map(({ pointer }) => pointer)).toEqual(pointers);
  });

  test('tensors that cannot hold a picture', () => {
    const given = manifest([]);
    const inputs = [sigma, { ...image, type: 'int64' as const }];
    expect(checkGraph({ ...given, tensors: { ...given.tensors, inputs } }, registry)).toMatchObject([{ pointer: '/tensors/inputs/1/type' }]);
    expect(checkGraph({ ...given, tensors: { inputs: [sigma], outputs: [] } }, registry))
      .toMatchObject([{ pointer: '/tensors/inputs' }, { pointer: '/tensors/outputs' }]);
  });

  test('what suits only some pictures', () => {
    const choosy = createOperationRegistry([{
      op: 'linear-only', arity: 1,
      infer([input]) {
        if (input.transfer === 'linear') return input;
        throw new InvalidArgumentError('linear-only takes linear light.');
      },
    }]);
    const nodes = [{ op: 'channels', to: 3, inputs: ['source'] }, { op: 'linear-only' }];
    expect(checkGraph(manifest(nodes, []), choosy)).toEqual([{ pointer: '/pre/1', message: 'linear-only takes linear light.' }]);
    expect(checkGraph(manifest([{ op: 'transfer', to: 'linear' }, { op: 'linear-only' }], []), choosy)).toEqual([]);
  });
});

test('says what is wrong and what there is', () => {
  const [unknown] = checkGraph(manifest([{ op: 'sharpen' }]), registry);
  expect(unknown.message).toContain("There is no operation 'sharpen'; there are blend, channels,");
  const [later] = checkGraph(manifest([{ op: 'clamp', inputs: ['b'] }, { op: 'clamp', id: 'b' }]), registry);
  expect(later.message).toBe("'b' comes later; nodes refer to earlier ones only; there are source.");
  const [mean] = checkGraph(manifest([{ op: 'normalise', mean: [0, 0] }]), registry);
  expect(mean.message).toBe("'mean' of normalise is [0,0]; it must be a finite number or a list of 3, one for each channel.");
});
