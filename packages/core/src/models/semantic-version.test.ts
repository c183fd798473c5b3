import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, isPrerelease, isVersion, isVersionRange, satisfiesRange } from './semantic-version.ts';

const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.constantFrom('', '-0', '-1', '-10', '-a', '-a.1', '-a.1.b', '-B', '+x'))
  .map(([major, minor, patch, rest]) => `${major}.${minor}.${patch}${rest}`);

describe('compareVersions', () => {
  it('orders the examples of semver.org', () => {
    const ordered = [
      '0.9.9', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.0.1',
      '1.2.0', '1.10.0', '2.0.0', '2.1.0', '2.1.1',
    ];
    expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
  });

  it('leaves build metadata out', () => {
    expect(compareVersions('1.0.0+one', '1.0.0+two')).toBe(0);
  });

  it('is a total order', () => {
    fc.assert(fc.property(version, version, version, (a, b, c) => {
      expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
    }));
  });
});

describe('satisfiesRange', () => {
  it.each([
    ['1.2.3', '1.2.3', true], ['1.2.3+a', '1.2.3', true], ['1.2.4', '1.2.3', false],
    ['1.2.3', '^1.2.3', true], ['1.9.0', '^1.2.3', true], ['1.2.2', '^1.2.3', false], ['2.0.0', '^1.2.3', false],
    ['0.2.9', '^0.2.3', true], ['0.3.0', '^0.2.3', false], ['0.0.3', '^0.0.3', true], ['0.0.4', '^0.0.3', false],
    ['0.0.0', '^0.0.0', true], ['0.0.1', '^0.0.0', false],
    ['1.3.0-beta', '^1.2.3', false], ['1.2.3-beta.2', '^1.2.3-beta.1', true], ['1.2.3', '^1.2.3-beta.1', true], ['1.2.4-beta.2', '^1.2.3-beta.1', false],
  ])('%s in %s: %s', (candidate, range, expected) => {
    expect(satisfiesRange(candidate, range)).toBe(expected);
  });
});

describe('forms', () => {
  it.each(['1.0.0', '1.0.0-a.b', '1.0.0+x'])('%s is a version', (text) => expect(isVersion(text)).toBe(true));
  it.each(['1.0', '1', 'v1.0.0', '', '1.0.0.0', 'latest'])('%j is not', (text) => expect(isVersion(text)).toBe(false));
  it('knows ranges and pre-releases', () => {
    expect([isVersionRange('^1.0.0'), isVersionRange('~1.0.0'), isVersionRange('*')]).toEqual([true, false, false]);
    expect([isPrerelease('1.0.0-a'), isPrerelease('1.0.0+a-b')]).toEqual([true, false]);
  });
});
