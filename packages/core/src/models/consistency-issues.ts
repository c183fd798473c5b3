import { goldenIssues } from './golden-issues.ts';
import { reservedModelNames } from './model-tiers.ts';
import { tensorIssues } from './tensor-issues.ts';
import type { ManifestIssue } from './manifest-issue.ts';
import type { ModelManifest } from './manifest.ts';

/** A rule that a schema cannot express, and the members that must be well-formed before it can be asked. */
interface Rule {
  readonly needs: readonly string[];
  check(manifest: ModelManifest): Iterable<ManifestIssue>;
}

const rules: readonly Rule[] = [
  { needs: ['/id'], check: idIssues },
  { needs: ['/size'], check: sizeIssues },
  { needs: ['/halo', '/overlap', '/size'], check: overlapIssues },
  { needs: ['/tensors'], check: tensorIssues },
  { needs: ['/files'], check: fileIssues },
  { needs: ['/tensors', '/golden'], check: goldenIssues },
  { needs: ['/metrics', '/verification'], check: verificationIssues },
];

/** Finds members that contradict each other. Rules whose members are malformed according to `malformed` are left out. */
export function findConsistencyIssues(manifest: ModelManifest, malformed: readonly ManifestIssue[]): ManifestIssue[] {
  const isSound = (member: string): boolean => malformed.every(({ pointer }) => pointer !== member && !pointer.startsWith(`${member}/`));
  return rules.filter(({ needs }) => needs.every(isSound)).flatMap(({ check }) => [...check(manifest)]);
}

function* idIssues({ id }: ModelManifest): Iterable<ManifestIssue> {
  if (reservedModelNames.includes(id)) {
    yield { pointer: '/id', message: `is "${id}", which asks for any model of a kind; choose a name of its own` };
  }
}

function* sizeIssues({ size }: ModelManifest): Iterable<ManifestIssue> {
  const { fixed, multipleOf, minimum, square } = size;
  if (!fixed) return;
  for (const side of ['width', 'height'] as const) {
    const pointer = `/size/fixed/${side}`;
    if (fixed[side] % multipleOf !== 0) yield { pointer, message: `is ${fixed[side]}; it must be a multiple of size.multipleOf, ${multipleOf}` };
    if (fixed[side] < minimum) yield { pointer, message: `is ${fixed[side]}; it must be at least size.minimum, ${minimum}` };
  }
  if (square && fixed.width !== fixed.height) {
    yield { pointer: '/size/fixed', message: `is ${fixed.width}×${fixed.height}, but size.square asks for equal sides; correct one of them` };
  }
}

function* overlapIssues({ halo, overlap, size }: ModelManifest): Iterable<ManifestIssue> {
  if (overlap < 2 * halo) {
    yield { pointer: '/overlap', message: `is ${overlap}; with a halo of ${halo} it must be at least ${2 * halo}, or the halo smaller if it was measured so` };
  }
  const shortest = size.fixed && Math.min(size.fixed.width, size.fixed.height);
  if (shortest !== undefined && overlap >= shortest) {
    yield { pointer: '/overlap', message: `is ${overlap}; it must be less than the fixed side of ${shortest}, or tiles could not advance` };
  }
}

function* fileIssues({ files }: ModelManifest): Iterable<ManifestIssue> {
  for (const [index, file] of files.entries()) {
    const earlier = files.slice(0, index);
    if (earlier.some(({ path }) => path === file.path)) {
      yield { pointer: `/files/${index}/path`, message: `is "${file.path}" again; each file may be listed once` };
    }
    if (earlier.some(({ precision }) => precision === file.precision)) {
      yield { pointer: `/files/${index}/precision`, message: `is "${file.precision}" again; give each file a precision of its own` };
    }
  }
}

function* verificationIssues({ verification, metrics }: ModelManifest): Iterable<ManifestIssue> {
  if (verification === 'verified' && metrics.length === 0) {
    yield { pointer: '/metrics', message: 'is empty; a verified model has at least one measured figure' };
  }
}
