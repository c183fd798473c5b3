import { expect, it } from 'vitest';
import { closestName } from './closest-name.ts';

it.each([
  ['maxim-s', ['ffdnet-color', 'maxim-s1', 'maxim-s2'], 'maxim-s1'],
  ['MAXIM-S2', ['maxim-s1', 'maxim-s2'], 'maxim-s2'],
  ['hallo', ['halo', 'overlap'], 'halo'],
  ['halo', ['overlap', 'task'], undefined],
  ['x', [], undefined],
])('%s among %j: %s', (name, candidates, expected) => {
  expect(closestName(name, candidates)).toBe(expected);
});
