import fc from 'fast-check';
import { AbortedError } from '../errors/index.ts';
import { expect, it } from 'vitest';
import { createGate } from './gate.ts';

it('admits in order of arrival and never more than its capacity', async () => {
  const weights = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 });
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 6 }), weights, async (capacity, wanted) => {
    const gate = createGate(capacity);
    const order: number[] = [];
    let used = 0;
    await Promise.all(wanted.map(async (weight, i) => {
      const leave = await gate.enter(weight);
      order.push(i);
      used += Math.min(weight, capacity);
      expect(used).toBeLessThanOrEqual(capacity);
      await new Promise((resolve) => setImmediate(resolve));
      used -= Math.min(weight, capacity);
      leave();
    }));
    expect(order).toEqual(wanted.map((_, i) => i));
  }), { numRuns: 50 });
});

it('gives up a place whose signal fires, letting those behind it in', async () => {
  const gate = createGate(2);
  const leave = await gate.enter(1);
  const controller = new AbortController();
  const heavy = gate.enter(2, controller.signal);
  const light = gate.enter(1);
  controller.abort('changed my mind');
  await expect(heavy).rejects.toSatisfy((error) => AbortedError.isInstance(error) && error.cause === 'changed my mind');
  (await light)();
  leave();
  (await gate.enter(2))();
});

it('refuses a signal that has fired and ignores one that fires after entering', async () => {
  const gate = createGate(1);
  await expect(gate.enter(1, AbortSignal.abort())).rejects.toSatisfy(AbortedError.isInstance);
  const controller = new AbortController();
  const leave = await gate.enter(1, controller.signal);
  controller.abort();
  leave();
  (await gate.enter(1))();
});
