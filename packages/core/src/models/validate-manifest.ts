import schema from './manifest.schema.json' with { type: 'json' };
import { findConsistencyIssues } from './consistency-issues.ts';
import { ManifestError } from '../errors/index.ts';
import { findSchemaIssues } from './schema-issues.ts';
import type { ManifestIssue } from './manifest-issue.ts';
import type { ModelManifest } from './manifest.ts';
import type { SchemaNode } from './schema-issues.ts';

/** How a manifest is checked. */
export interface ValidateManifestOptions {
  /** Where the manifest was read, for the message: a path or URL. Default: its id. */
  readonly location?: string;
  /**
   * Checks the pre and post graphs of a manifest that is sound otherwise, e.g. against the operations of a client.
   * Default: graphs are checked for their form only.
   */
  readonly checkGraphs?: (manifest: ModelManifest) => Iterable<ManifestIssue>;
}

/**
 * Checks that a value is a model manifest: the rules of `manifest.schema.json`, and that its members fit each other
 * (overlap and halo, sizes, tensor names, golden tile and the bytes of its files).
 *
 * @returns the same value, unchanged
 * @throws ManifestError with every fault in `details.issues` as `{ pointer, message }`
 */
export function validateManifest(value: unknown, options: ValidateManifestOptions = {}): ModelManifest {
  const issues = findManifestIssues(value, options);
  if (issues.length === 0) return value as ModelManifest;
  const location = options.location ?? nameOf(value);
  const shown = issues.slice(0, 3).map(({ pointer, message }) => `${pointer || 'the manifest'}: ${message}`);
  const rest = issues.length - shown.length;
  throw new ManifestError(
    `The model manifest${location ? ` ${location}` : ''} has ${issues.length} ${issues.length === 1 ? 'fault' : 'faults'}: ${shown.join('; ')}`
    + `${rest > 0 ? `; and ${rest} more in details.issues` : ''}. Correct them; manifest.schema.json of @deblur/core describes every member.`,
    { details: { location, issues } },
  );
}

/** Lists every fault of what should be a model manifest; empty when there is none. */
export function findManifestIssues(value: unknown, options: ValidateManifestOptions = {}): readonly ManifestIssue[] {
  const malformed = findSchemaIssues(schema as SchemaNode, value);
  if (malformed.some(({ pointer }) => pointer === '')) return malformed;
  const manifest = value as ModelManifest;
  const issues = [...malformed, ...findConsistencyIssues(manifest, malformed)];
  return issues.length === 0 && options.checkGraphs ? [...options.checkGraphs(manifest)] : issues;
}

function nameOf(value: unknown): string | undefined {
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'string' ? id : undefined;
}
