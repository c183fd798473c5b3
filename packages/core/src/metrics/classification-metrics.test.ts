import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { classificationMetrics } from './classification-metrics.ts';
import references from './fixtures/classification.json' with { type: 'json' };

describe('classificationMetrics', () => {
  it.each(references)('agrees with scikit-learn for $labels', (reference) => {
    const result = classificationMetrics(reference.truth, reference.predicted, reference.labels);
    expect(result.labels).toEqual(reference.labels);
    expect(result.accuracy).toBeCloseTo(reference.accuracy, 12);
    expect(result.confusion).toEqual(reference.confusion);
    result.perLabel.forEach((entry, i) => {
      expect(entry.label).toBe(reference.labels[i]);
      expect(entry.support).toBe(reference.support[i]);
      expect(entry.precision).toBeCloseTo(reference.precision[i]!, 12);
      expect(entry.recall).toBeCloseTo(reference.recall[i]!, 12);
      expect(entry.f1).toBeCloseTo(reference.f1[i]!, 12);
    });
    expect(result.macro.precision).toBeCloseTo(reference.macro[0]!, 12);
    expect(result.macro.recall).toBeCloseTo(reference.macro[1]!, 12);
    expect(result.macro.f1).toBeCloseTo(reference.macro[2]!, 12);
  });

  it('sorts the labels it meets', () => {
    expect(classificationMetrics(['b', 'c'], ['a', 'c']).labels).toEqual(['a', 'b', 'c']);
  });

  it('counts every item once and keeps every figure from 0 to 1', () => {
    const item = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('a', 'b', 'c'));
    fc.assert(
      fc.property(fc.array(item, { minLength: 1 }), (items) => {
        const { accuracy, confusion, macro, perLabel } = classificationMetrics(items.map(([t]) => t), items.map(([, p]) => p));
        expect(confusion.flat().reduce((a, b) => a + b, 0)).toBe(items.length);
        expect(accuracy).toBeCloseTo(items.filter(([t, p]) => t === p).length / items.length, 12);
        for (const value of [macro.f1, macro.precision, macro.recall, ...perLabel.map(({ f1 }) => f1)]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('refuses what it cannot count', () => {
    expect(() => classificationMetrics([], [])).toThrow(InvalidArgumentError);
    expect(() => classificationMetrics(['a'], ['a', 'b'])).toThrow('1 true and 2 predicted');
    expect(() => classificationMetrics(['a'], ['b'], ['a'])).toThrow('"b" is not among labels');
    expect(() => classificationMetrics(['a'], ['a'], ['a', 'a'])).toThrow('twice');
  });
});
