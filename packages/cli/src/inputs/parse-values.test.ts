import { describe, expect, it } from 'vitest';
import { parseScale } from './parse-values.ts';

describe('parseScale', () => {
  it.each([['1', 1], ['0.5', 0.5], ['1/2', 0.5], ['1/3', 1 / 3], ['0.33', 0.33], ['1/4', 0.25], ['auto', 'auto']])('takes %s', (text, scale) => {
    expect(parseScale(text)).toBe(scale);
  });

  it.each(['', '0', '0.3', '2', '1/5', '2/3', 'half'])('refuses "%s"', (text) => {
    expect(() => parseScale(text)).toThrow('It must be 1, 1/2, 1/3, 1/4 or auto.');
  });
});
