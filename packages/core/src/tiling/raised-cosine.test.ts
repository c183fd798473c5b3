import { expect, test } from 'vitest';
import { raisedCosine } from './raised-cosine.ts';

test('rises from 0 to 1, mirrors, and leaves a complement exact in float32', () => {
  for (let length = 1; length <= 300; length++) {
    const weights = [...raisedCosine(length)];
    const wrong = weights.filter(
      (weight, k) =>
        !(weight > (weights[k - 1] ?? 0) && weight < 1) ||
        Math.abs(weight + weights[length - 1 - k]! - 1) > 2 ** -23 ||
        Math.fround(1 - weight) !== 1 - weight,
    );
    expect(wrong).toEqual([]);
    expect(weights).toHaveLength(length);
  }
});

test('has the values of the formula', () => {
  expect([...raisedCosine(0)]).toEqual([]);
  expect([...raisedCosine(1)]).toEqual([0.5]);
  // ½ − ½·cos(π/4), ½ − ½·cos(3π/4)
  expect(raisedCosine(2)[0]).toBeCloseTo(0.1464466, 6);
  expect(raisedCosine(2)[1]).toBeCloseTo(0.8535534, 6);
});
