import { closestName } from './closest-name.ts';
import { joinPointer } from './manifest-issue.ts';
import type { ManifestIssue } from './manifest-issue.ts';

/** The part of JSON Schema 2020-12 that `manifest.schema.json` uses. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly SchemaNode[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | SchemaNode;
}

/**
 * Checks a value against a schema and lists every fault with its place. `oneOf` branches must be told apart by a
 * `const` member, so that the faults of the branch that was meant can be named.
 */
export function findSchemaIssues(schema: SchemaNode, value: unknown): ManifestIssue[] {
  const issues: ManifestIssue[] = [];
  visit(schema, value, '');
  return issues;

  function report(pointer: string, message: string): void {
    issues.push({ pointer, message });
  }

  function visit(unresolved: SchemaNode, found: unknown, pointer: string): void {
    const node = resolve(unresolved);
    if (node.oneOf) return visitBranch(node.oneOf, found, pointer);
    if ('const' in node && found !== node.const) return report(pointer, `is ${show(found)}; it must be ${show(node.const)}`);
    if (node.enum && !node.enum.includes(found)) return report(pointer, `is ${show(found)}; use one of ${listChoices(node.enum, found)}`);
    if (node.type && !isOfType(found, node.type)) return report(pointer, `is ${show(found)}; it must be ${withArticle(node.type)}`);
    if (typeof found === 'string') visitString(node, found, pointer);
    else if (typeof found === 'number') visitNumber(node, found, pointer);
    else if (Array.isArray(found)) visitArray(node, found, pointer);
    else if (isObject(found)) visitObject(node, found, pointer);
  }

  function resolve(node: SchemaNode): SchemaNode {
    if (node.$ref === undefined) return node;
    const target = schema.$defs?.[node.$ref.replace('#/$defs/', '')];
    if (!target) throw new TypeError(`The schema has no ${node.$ref}.`);
    return resolve(target);
  }

  function visitString(node: SchemaNode, found: string, pointer: string): void {
    if (node.minLength !== undefined && [...found].length < node.minLength) report(pointer, 'is empty; write something');
    if (node.pattern !== undefined && !new RegExp(node.pattern, 'u').test(found)) {
      report(pointer, `is ${show(found)}; it must be ${node.description ?? `of the form ${node.pattern}`}`);
    }
  }

  function visitNumber(node: SchemaNode, found: number, pointer: string): void {
    if (node.minimum !== undefined && found < node.minimum) report(pointer, `is ${found}; it must be at least ${node.minimum}`);
    if (node.exclusiveMinimum !== undefined && found <= node.exclusiveMinimum) {
      report(pointer, `is ${found}; it must be more than ${node.exclusiveMinimum}`);
    }
  }

  function visitArray(node: SchemaNode, found: readonly unknown[], pointer: string): void {
    if (node.minItems !== undefined && found.length < node.minItems) {
      report(pointer, `has ${found.length} entries; at least ${node.minItems} must be there`);
    }
    if (node.maxItems !== undefined && found.length > node.maxItems) {
      report(pointer, `has ${found.length} entries; at most ${node.maxItems} may be there`);
    }
    if (node.items) for (const [index, item] of found.entries()) visit(node.items, item, joinPointer(pointer, index));
  }

  function visitObject(node: SchemaNode, found: Readonly<Record<string, unknown>>, pointer: string): void {
    const properties = node.properties ?? {};
    for (const name of node.required ?? []) {
      if (!Object.hasOwn(found, name) || found[name] === undefined) report(joinPointer(pointer, name), `is missing${explain(properties[name])}`);
    }
    for (const [name, member] of Object.entries(found)) {
      if (member === undefined) continue;
      const place = joinPointer(pointer, name);
      if (Object.hasOwn(properties, name)) visit(properties[name], member, place);
      else if (typeof node.additionalProperties === 'object') visit(node.additionalProperties, member, place);
      else if (node.additionalProperties === false) report(place, `is not known${suggest(name, Object.keys(properties))}`);
    }
  }

  function visitBranch(branches: readonly SchemaNode[], found: unknown, pointer: string): void {
    if (!isObject(found)) return report(pointer, `is ${show(found)}; it must be an object`);
    const resolved = branches.map(resolve);
    const key = Object.keys(resolved[0].properties ?? {}).find((name) => resolved.every((branch) => branch.properties?.[name] && 'const' in branch.properties[name]));
    if (key === undefined) throw new TypeError(`The schema's branches at ${pointer} share no constant member.`);
    const branch = resolved.find((candidate) => candidate.properties?.[key].const === found[key]);
    if (branch) return visit(branch, found, pointer);
    const choices = resolved.map((candidate) => candidate.properties?.[key].const);
    report(joinPointer(pointer, key), `is ${show(found[key])}; use one of ${listChoices(choices, found[key])}`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return Number.isFinite(value);
  return typeof value === type;
}

function withArticle(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

function listChoices(choices: readonly unknown[], found: unknown): string {
  return choices.map(show).join(', ') + (typeof found === 'string' ? suggest(found, choices.filter((choice) => typeof choice === 'string')) : '');
}

function suggest(name: string, candidates: readonly string[]): string {
  const closest = closestName(name, candidates);
  return closest === undefined ? '' : `; did you mean ${closest}?`;
}

function explain(node: SchemaNode | undefined): string {
  return node?.description === undefined ? '' : ` (${node.description.replace(/\.$/, '')})`;
}
