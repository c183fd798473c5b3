import { expect, it } from 'vitest';
import { declaredLength, findValidator, parseContentRange } from './answer-range.ts';
import type { DownloadResponse } from './transport.ts';

function answer(status: number, headers: Record<string, string>): DownloadResponse {
  return { status, statusText: '', url: '', body: null, headers: { get: (name) => headers[name] ?? null } };
}

it.each([
  ['bytes 5-9/10', { start: 5, total: 10 }], ['bytes 0-9/*', { start: 0 }], ['bytes */10', undefined], ['items 0-1/2', undefined], [null, undefined],
])('reads Content-Range %j', (header, range) => {
  expect(parseContentRange(header)).toEqual(range);
});

it('knows the length of the whole file, except of compressed answers', () => {
  expect(declaredLength(answer(200, { 'Content-Length': '10' }), 0)).toBe(10);
  expect(declaredLength(answer(206, { 'Content-Length': '4', 'Content-Range': 'bytes 6-9/10' }), 6)).toBe(10);
  expect(declaredLength(answer(206, { 'Content-Length': '4', 'Content-Range': 'bytes 6-9/*' }), 6)).toBe(10);
  expect(declaredLength(answer(200, { 'Content-Length': '10', 'Content-Encoding': 'gzip' }), 0)).toBe(0);
});

it('names the version of a file by a strong tag or a date, where one can go on', () => {
  const ranges = { 'Accept-Ranges': 'bytes' };
  expect(findValidator(answer(200, { ...ranges, ETag: '"a"', 'Last-Modified': 'then' }))).toBe('"a"');
  expect(findValidator(answer(206, { ETag: 'W/"a"', 'Last-Modified': 'then' }))).toBe('then');
  expect(findValidator(answer(200, { ETag: '"a"' }))).toBeUndefined();
  expect(findValidator(answer(200, { ...ranges, ETag: '"a"', 'Content-Encoding': 'br' }))).toBeUndefined();
});
