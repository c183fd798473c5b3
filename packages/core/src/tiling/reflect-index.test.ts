import { expect, test } from 'vitest';
import { reflectIndex } from './reflect-index.ts';
import reference from './fixtures/reflect.json' with { type: 'json' };

test.each(reference.cases)('reflects a row of $length as NumPy does', ({ length, first, expected }) => {
  expect(expected.map((_, k) => reflectIndex(first + k, length))).toEqual(expected);
});
