import { describe, expect, it } from 'vitest';
import * as errors from './index.ts';

const { AbortedError, DeblurError, ...kinds } = errors;

describe.each(Object.entries(kinds))('%s', (name, Kind) => {
  const cause = new Error('below');
  const error = new Kind('what was wrong', { cause, details: { file: 'photo.jpg' } });

  it('carries name, code, message, cause and details', () => {
    expect(error).toMatchObject({ name, code: Kind.code, message: 'what was wrong', cause, details: { file: 'photo.jpg' } });
    expect(String(error)).toBe(`${name}: what was wrong`);
  });

  it('is told apart from the others and from foreign errors', () => {
    expect(DeblurError.isInstance(error)).toBe(true);
    for (const [other, Other] of Object.entries(kinds)) expect(Other.isInstance(error)).toBe(other === name);
    for (const foreign of [cause, { code: Kind.code }, null, undefined, Kind.code]) expect(Kind.isInstance(foreign)).toBe(false);
  });
});

it('calls an abort what platforms call it, with the reason of the signal', () => {
  const signal = AbortSignal.abort('enough');
  expect(() => AbortedError.throwIfAborted(signal)).toThrow(AbortedError);
  const error = new AbortedError(signal.reason);
  expect(error).toMatchObject({ name: 'AbortError', code: 'aborted', cause: 'enough' });
  expect(AbortedError.isInstance(error)).toBe(true);
  expect(() => AbortedError.throwIfAborted(new AbortController().signal)).not.toThrow();
});

it('has a code of its own for each kind', () => {
  const codes = [AbortedError.code, ...Object.values(kinds).map(({ code }) => code)];
  expect(new Set(codes).size).toBe(codes.length);
});
