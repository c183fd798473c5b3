import { expect, it } from 'vitest';
import fc from 'fast-check';
import { parseRetryAfter, retryDelay } from './retry-delay.ts';

it('doubles up to 30 s, leaves out a random part of up to a half, and waits at least as the server asks', () => {
  expect([0, 1, 2, 6, 7, 40].map((failures) => retryDelay(failures, 0, 0))).toEqual([500, 1000, 2000, 30_000, 30_000, 30_000]);
  fc.assert(fc.property(fc.nat(50), fc.nat(100_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, asked, random) => {
    const whole = retryDelay(failures, 0, 0);
    const delay = retryDelay(failures, asked, random);
    expect(delay).toBeGreaterThanOrEqual(Math.max(asked, whole / 2));
    expect(delay).toBeLessThanOrEqual(Math.max(asked, whole));
  }));
});

it.each([
  ['120', 120_000], [' 0 ', 0], ['Wed, 21 Oct 2026 07:28:10 GMT', 10_000], ['Wed, 21 Oct 2020 07:28:00 GMT', 0], ['soon', undefined], [null, undefined],
])('reads Retry-After %j', (header, milliseconds) => {
  expect(parseRetryAfter(header, Date.parse('2026-10-21T07:28:00Z'))).toBe(milliseconds);
});
