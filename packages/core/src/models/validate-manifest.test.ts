import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import everyMember from './fixtures/every-member.json' with { type: 'json' };
import schema from './manifest.schema.json' with { type: 'json' };
import { ManifestError } from '../errors/index.ts';
import { findSchemaIssues } from './schema-issues.ts';
import { findManifestIssues, validateManifest } from './validate-manifest.ts';
import type { ModelManifest } from './manifest.ts';
import type { SchemaNode } from './schema-issues.ts';

const acceptedByAjv = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

const replacements: readonly unknown[] = [
  null, true, 0, 1, -1, 2, 7, 0.5, 1e9, '', 'x', 'image', 'state', 'NCHW', '1.0', '1.2.3-beta.1', '../x', 'a//b', [], {}, [null], [0, 3], { op: 'x' },
];
const names = ['extra', 'halo', 'name', 'constructor', '__proto__', 'toString', 'a/b~c'];

/** Arbitrary single changes of a JSON document: a value replaced, a member or entry removed, doubled or added, a string changed. */
function mutations(document: unknown): fc.Arbitrary<unknown> {
  const places = listPlaces(document);
  return fc.tuple(fc.constantFrom(...places), fc.constantFrom('replace', 'remove', 'double', 'add', 'edit'), fc.constantFrom(...replacements), fc.constantFrom(...names), fc.nat(200))
    .map(([place, kind, replacement, name, position]) => {
      const copy = structuredClone(document);
      const parent = place.slice(0, -1).reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], copy) as Record<string, unknown>;
      const key = place.at(-1)!;
      if (kind === 'replace') parent[key] = replacement;
      else if (kind === 'remove') remove(parent, key);
      else if (kind === 'double') double(parent, key);
      else if (kind === 'add') add(parent[key], name, replacement);
      else if (typeof parent[key] === 'string') parent[key] = edit(parent[key], position, String(replacement));
      else if (typeof parent[key] === 'number') parent[key] = (parent[key] as number) + (position - 100) / 2;
      return copy;
    });
}

function listPlaces(value: unknown, place: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [[...place, key], ...listPlaces(member, [...place, key])]);
}

function remove(parent: Record<string, unknown> | unknown[], key: string): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

function double(parent: Record<string, unknown> | unknown[], key: string): void {
  if (Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)]));
  else parent[`${key}2`] = parent[key];
}

function add(target: unknown, name: string, value: unknown): void {
  if (Array.isArray(target)) target.push(value);
  else if (typeof target === 'object' && target !== null) Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}

function edit(text: string, position: number, insert: string): string {
  const at = position % (text.length + 1);
  return text.slice(0, at) + insert + text.slice(at + (position % 3));
}

/** Points at a member of a copy of the fixture and changes it. */
function changed(change: (manifest: Record<string, any>) => void): unknown { // eslint-disable-line @typescript-eslint/no-explicit-any
  const copy = structuredClone(everyMember);
  change(copy);
  return copy;
}

const pointers = (value: unknown): string[] => findManifestIssues(value).map(({ pointer }) => pointer);

describe('the schema', () => {
  it('is valid JSON Schema 2020-12 and accepts the fixture, by ajv', () => {
    expect(acceptedByAjv(everyMember), JSON.stringify(acceptedByAjv.errors)).toBe(true);
  });

  it('uses no keyword the validator does not know', () => {
    const known = [
      '$schema', 'title', '$defs', '$ref', 'description', 'type', 'const', 'enum', 'oneOf', 'pattern', 'minLength', 'minimum', 'exclusiveMinimum',
      'minItems', 'maxItems', 'items', 'properties', 'required', 'additionalProperties',
    ];
    const used = new Set<string>();
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        used.add(key);
        if (key === 'properties' || key === '$defs') Object.values(value as object).forEach(visit);
        else if (Array.isArray(value)) value.forEach(visit);
        else visit(value);
      }
    };
    visit(schema);
    expect([...used].filter((key) => !known.includes(key))).toEqual([]);
  });

  it('describes every member of a manifest', () => {
    const undescribed = Object.entries(schema.properties).filter(([, node]) => !('description' in node) && !('$ref' in node));
    expect(undescribed).toEqual([]);
  });

  it('accepts and rejects what ajv accepts and rejects, over mutated manifests', () => {
    let [accepted, rejected] = [0, 0];
    fc.assert(fc.property(mutations(everyMember), (mutated) => {
      const byAjv = acceptedByAjv(mutated);
      if (byAjv) accepted++;
      else rejected++;
      expect(findSchemaIssues(schema as SchemaNode, mutated).length === 0, JSON.stringify(acceptedByAjv.errors)).toBe(byAjv);
      if (!byAjv) expect(findManifestIssues(mutated).length).toBeGreaterThan(0);
    }), { numRuns: 3000 });
    expect(Math.min(accepted, rejected)).toBeGreaterThan(200);
  });

  it('accepts and rejects what ajv accepts and rejects, over arbitrary values', () => {
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.record({ tensors: fc.jsonValue(), files: fc.jsonValue() })), (value) => {
      expect(findSchemaIssues(schema as SchemaNode, value).length === 0).toBe(acceptedByAjv(value));
    }), { numRuns: 500 });
  });

  it.each(['\\windows', '/absolute', '../up', 'a/../b', 'a/./b', '.', 'a//b', 'a/', 'c:x', 'https://x/y', ''])('rejects the path %j', (path) => {
    expect(pointers(changed((manifest) => { manifest.files[0].path = path; }))).toContain('/files/0/path');
  });

  it.each(['net.onnx', 'a/b/c.onnx', '..a/b..', 'with space.onnx', '.hidden/x'])('accepts the path %j', (path) => {
    expect(pointers(changed((manifest) => { manifest.files[0].path = path; }))).toEqual([]);
  });
});

describe('validateManifest', () => {
  it('returns the value it was given', () => {
    expect(validateManifest(everyMember)).toBe(everyMember);
  });

  it('lists all faults with pointers, and names the first few and the remedy in its message', () => {
    const value = changed((manifest) => {
      manifest.task = 'mtion';
      manifest.files[1].sha256 = 'ABC';
      manifest.hallo = 3;
      delete manifest.halo;
      manifest.tensors.inputs[1].role = 'paramter';
    });
    const error = catchError(() => validateManifest(value, { location: 'my.json' }));
    expect(ManifestError.isInstance(error)).toBe(true);
    expect(error.details.location).toBe('my.json');
    expect((error.details.issues as { pointer: string }[]).map(({ pointer }) => pointer).sort())
      .toEqual(['/files/1/sha256', '/hallo', '/halo', '/task', '/tensors/inputs/1/role']);
    expect(error.message).toMatch(/my\.json has 5 faults: .*and 2 more in details\.issues.*manifest\.schema\.json/);
    const all = (error.details.issues as { pointer: string; message: string }[]).map(({ pointer, message }) => `${pointer} ${message}`).join('\n');
    expect(all).toMatch(/\/task is "mtion"; use one of "motion", .*did you mean motion\?/);
    expect(all).toMatch(/\/hallo is not known; did you mean halo\?/);
    expect(all).toMatch(/\/halo is missing \(Pixels at a tile's edge/);
    expect(all).toMatch(/\/files\/1\/sha256 is "ABC"; it must be the sha256 .* 64 lower-case hex digits/);
    expect(all).toMatch(/role is "paramter"; .*did you mean parameter\?/);
  });

  it.each([[null], [undefined], [3], ['{}'], [[]]])('rejects %j, which is no object', (value) => {
    expect(pointers(value)).toEqual(['']);
  });

  it.each([NaN, Infinity])('rejects the number %s', (number) => {
    expect(pointers(changed((manifest) => { manifest.macPerPixel = number; }))).toEqual(['/macPerPixel']);
  });

  it('takes members that are undefined for absent', () => {
    expect(pointers(changed((manifest) => { manifest.post = undefined; }))).toEqual([]);
    expect(pointers(changed((manifest) => { manifest.pre = undefined; }))).toEqual(['/pre']);
  });
});

describe('members that contradict each other', () => {
  const cases: [string, string, (manifest: Record<string, any>) => void][] = [ // eslint-disable-line @typescript-eslint/no-explicit-any
    ['an id that is a tier', '/id', (manifest) => { manifest.id = 'fast'; }],
    ['an overlap below twice the halo', '/overlap', (manifest) => { manifest.overlap = 15; }],
    ['an overlap as wide as the tile', '/overlap', (manifest) => { manifest.overlap = 64; }],
    ['a fixed width that is no multiple', '/size/fixed/width', (manifest) => { manifest.size = { minimum: 16, multipleOf: 7, fixed: { width: 64, height: 63 } }; }],
    ['a fixed height below the minimum', '/size/fixed/height', (manifest) => { manifest.size = { minimum: 65, multipleOf: 1, fixed: { width: 66, height: 64 } }; }],
    ['a fixed size that is not square', '/size/fixed', (manifest) => { manifest.size.fixed.width = 128; }],
    ['no image input', '/tensors/inputs', (manifest) => { manifest.tensors.inputs.shift(); }],
    ['two image inputs', '/tensors/inputs', (manifest) => { manifest.tensors.inputs.push({ ...manifest.tensors.inputs[0], name: 'second' }); }],
    ['two outputs', '/tensors/outputs', (manifest) => { manifest.tensors.outputs.push({ ...manifest.tensors.outputs[0], name: 'second' }); }],
    ['a tensor name used twice', '/tensors/inputs/1/name', (manifest) => { manifest.tensors.inputs[1].name = 'image'; delete manifest.golden; }],
    ['an output named like an input', '/tensors/outputs/0/name', (manifest) => { manifest.tensors.outputs[0].name = 'image'; }],
    ['a next state named like the output', '/tensors/inputs/2/next', (manifest) => { manifest.tensors.inputs[2].next = 'restored'; }],
    ['a default out of range', '/tensors/inputs/1/default', (manifest) => { manifest.tensors.inputs[1].default = 0.4; }],
    ['a minimum above the maximum', '/tensors/inputs/1/minimum', (manifest) => { manifest.tensors.inputs[1].minimum = 1; delete manifest.golden; }],
    ['a dimension of 0', '/tensors/inputs/1/dims/1', (manifest) => { manifest.tensors.inputs[1].dims = [-1, 0]; }],
    ['a file listed twice', '/files/1/path', (manifest) => { manifest.files[1].path = manifest.files[0].path; }],
    ['a precision listed twice', '/files/1/precision', (manifest) => { manifest.files[1].precision = manifest.files[0].precision; }],
    ['a golden input of another size', '/golden/input/bytes', (manifest) => { manifest.golden.input.bytes = 64 * 64; }],
    ['a golden output of another size', '/golden/output/bytes', (manifest) => { manifest.golden.stride = 3; }],
    ['a golden offset outside the tile', '/golden/offset', (manifest) => { manifest.golden.offset = 64; }],
    ['a golden parameter that does not exist', '/golden/parameters/a~1b', (manifest) => { manifest.golden.parameters = { 'a/b': 1 }; }],
    ['a golden parameter out of range', '/golden/parameters/sigma', (manifest) => { manifest.golden.parameters.sigma = 1; }],
  ];

  it.each(cases)('finds %s', (_, pointer, change) => {
    expect(pointers(changed(change))).toEqual([pointer]);
  });

  it('counts the last partial stride of the golden output', () => {
    expect(pointers(changed((manifest) => {
      manifest.golden.stride = 3;
      manifest.golden.offset = 1;
      manifest.golden.output.bytes = 21 * 21 * 3 * 4;
    }))).toEqual([]);
  });

  it('are found beside malformed members of other parts', () => {
    expect(pointers(changed((manifest) => {
      manifest.overlap = 1;
      manifest.files = [];
    })).sort()).toEqual(['/files', '/overlap']);
  });
});

describe('checkGraphs', () => {
  it('is asked about manifests that are sound otherwise, and its faults are reported', () => {
    const asked: ModelManifest[] = [];
    const checkGraphs = (manifest: ModelManifest): { pointer: string; message: string }[] => {
      asked.push(manifest);
      return [{ pointer: '/pre/0/op', message: 'is not an operation' }];
    };
    const error = catchError(() => validateManifest(everyMember, { checkGraphs }));
    expect(error.message).toContain('test-net has 1 fault: /pre/0/op: is not an operation');
    findManifestIssues(changed((manifest) => { manifest.overlap = 1; }), { checkGraphs });
    expect(asked).toEqual([everyMember]);
  });
});

function catchError(action: () => unknown): ManifestError {
  try {
    action();
  } catch (error) {
    return error as ManifestError;
  }
  throw new Error('nothing was thrown');
}
