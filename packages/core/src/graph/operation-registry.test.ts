import { expect, test } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { createOperationRegistry } from './operation-registry.ts';
import type { GraphOperation } from './operation.ts';

const gamma: GraphOperation = { op: 'gamma', arity: 1, infer: ([input]) => input, sample: () => (value) => value ** 2 };

test('knows the built-in operations and those of plugins', () => {
  const names = createOperationRegistry().names();
  expect(names).toEqual(['blend', 'channels', 'clamp', 'convert', 'crop', 'layout', 'normalise', 'pad', 'recolour', 'residual', 'resize', 'transfer']);
  const registry = createOperationRegistry([gamma]);
  expect(registry.get('gamma')).toBe(gamma);
  expect(registry.names()).toHaveLength(names.length + 1);
  expect(createOperationRegistry().get('gamma')).toBeUndefined();
});

test.each<[string, GraphOperation[], string]>([
  ['a built-in name', [{ ...gamma, op: 'clamp' }], "'clamp', which is built in"],
  ['the name of another plugin', [gamma, gamma], "'gamma', which is brought by another plugin"],
  ['no inputs', [{ ...gamma, arity: 0 }], "Arity of graph operation 'gamma' is 0"],
  ['two inputs without compute', [{ ...gamma, arity: 2 }], 'it needs `compute`'],
  ['no name', [{ ...gamma, op: '' }], 'needs a name'],
])('refuses %s', (_, extra, message) => {
  const attempt = (): unknown => createOperationRegistry(extra);
  expect(attempt).toThrow(InvalidArgumentError);
  expect(attempt).toThrow(message);
});
