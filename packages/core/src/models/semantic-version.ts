/** A version in the sense of semver.org 2.0.0. Build metadata takes no part in order and is left out. */
interface SemanticVersion {
  readonly core: readonly [number, number, number];
  readonly prerelease: readonly (string | number)[];
}

const form = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** Whether a text is a full version such as `1.2.3` or `1.2.3-beta.1`. */
export function isVersion(text: string): boolean {
  return form.test(text);
}

/** Whether a text is a range that `satisfiesRange` understands. */
export function isVersionRange(text: string): boolean {
  return isVersion(text.startsWith('^') ? text.slice(1) : text);
}

/** Whether a version is a pre-release such as `2.0.0-beta.1`. */
export function isPrerelease(version: string): boolean {
  return parse(version).prerelease.length > 0;
}

/**
 * Orders versions by precedence (semver.org 2.0.0 §11): negative when `a` is older, 0 when equal, positive when newer.
 * Suits `Array.prototype.sort`.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  for (let i = 0; i < 3; i++) {
    if (left.core[i] !== right.core[i]) return left.core[i] - right.core[i];
  }
  if (left.prerelease.length === 0 || right.prerelease.length === 0) return right.prerelease.length - left.prerelease.length;
  for (let i = 0; i < Math.min(left.prerelease.length, right.prerelease.length); i++) {
    const order = compareIdentifiers(left.prerelease[i], right.prerelease[i]);
    if (order !== 0) return order;
  }
  return left.prerelease.length - right.prerelease.length;
}

/**
 * Whether a version lies in a range. Two kinds of range exist: a version on its own (`1.2.3`, equal precedence) and a
 * caret range (`^1.2.3`: not older, and the same left-most non-zero number). A pre-release is in a caret range only if
 * the range names a pre-release of the same three numbers.
 */
export function satisfiesRange(version: string, range: string): boolean {
  if (!range.startsWith('^')) return compareVersions(version, range) === 0;
  const [lowest, candidate] = [parse(range.slice(1)), parse(version)];
  const sameCore = lowest.core.every((number, index) => number === candidate.core[index]);
  if (candidate.prerelease.length > 0 && !(lowest.prerelease.length > 0 && sameCore)) return false;
  if (compareVersions(version, range.slice(1)) < 0) return false;
  const leftmost = lowest.core.findIndex((number) => number !== 0);
  const held = leftmost === -1 ? 3 : leftmost + 1;
  return lowest.core.slice(0, held).every((number, index) => number === candidate.core[index]);
}

function parse(text: string): SemanticVersion {
  const parts = form.exec(text);
  if (!parts) throw new TypeError(`${text} is not a semantic version.`);
  const [, major, minor, patch, prerelease] = parts;
  return {
    core: [Number(major), Number(minor), Number(patch)],
    prerelease: prerelease === undefined ? [] : prerelease.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
  };
}

function compareIdentifiers(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number') return -1;
  if (typeof b === 'number') return 1;
  return a < b ? -1 : Number(a > b);
}
