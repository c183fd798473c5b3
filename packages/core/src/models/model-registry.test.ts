import { describe, expect, it } from 'vitest';
import everyMember from './fixtures/every-member.json' with { type: 'json' };
import { InvalidArgumentError, ManifestError, ModelNotFoundError } from '../errors/index.ts';
import { bytesSource } from './bytes-source.ts';
import { createModelRegistry } from './model-registry.ts';
import { deblurTasks } from './model-tiers.ts';
import type { ModelManifest } from './manifest.ts';
import type { ModelPackage } from './model-package.ts';
import type { ModelRegistry } from './model-registry.ts';

function model(changes: Partial<ModelManifest>): ModelPackage {
  return { manifest: { ...(everyMember as ModelManifest), ...changes }, source: bytesSource({}) };
}

function registry(...all: Partial<ModelManifest>[]): ModelRegistry {
  const created = createModelRegistry();
  for (const changes of all) created.register(model(changes));
  return created;
}

const nameOf = ({ manifest }: ModelPackage): string => `${manifest.id}@${manifest.version}`;
const otherWeights: ModelManifest['files'] = [{ path: 'x.onnx', bytes: 1, sha256: 'e'.repeat(64), precision: 'fp32' }];

const typical = (): ModelRegistry => registry(
  { id: 'denoiser', task: 'denoise', macPerPixel: 10 },
  { id: 'small', tier: 'fast', macPerPixel: 100, memory: { fixedBytes: 1e6, bytesPerPixel: 10 } },
  { id: 'large', tier: 'quality', macPerPixel: 10_000 },
  { id: 'middle', tier: 'default', macPerPixel: 1000, memory: { fixedBytes: 5e6, bytesPerPixel: 1000 } },
  { id: 'unmeasured', tier: 'fast', task: 'defocus', macPerPixel: undefined, memory: undefined },
);

describe('register', () => {
  it('takes the same model twice and keeps the first', () => {
    const models = createModelRegistry();
    const first = model({});
    models.register(first);
    models.register(model({ title: 'Another title' }));
    expect(models.list()).toEqual([first]);
  });

  it('refuses other weights under the same id and version', () => {
    const models = registry({});
    expect(() => models.register(model({ files: otherWeights }))).toThrow(InvalidArgumentError);
    models.register(model({ files: otherWeights, version: '1.0.1' }));
    expect(models.list().map(nameOf)).toEqual(['test-net@1.0.0', 'test-net@1.0.1']);
  });

  it('refuses a manifest that is not valid', () => {
    expect(() => registry({ overlap: 0 })).toThrow(ManifestError);
  });

  it('does not share its list', () => {
    const models = registry({});
    (models.list() as ModelPackage[]).pop();
    expect(models.list()).toHaveLength(1);
  });
});

describe('find', () => {
  const versions = registry({ version: '1.2.0' }, { version: '1.10.0' }, { version: '2.0.0-beta.1' }, { id: 'beta-only', version: '0.1.0-a' });

  it.each([
    ['test-net', undefined, 'test-net@1.10.0'],
    ['test-net@1.2.0', undefined, 'test-net@1.2.0'],
    ['test-net', '1.2.0', 'test-net@1.2.0'],
    ['test-net@^1.0.0', undefined, 'test-net@1.10.0'],
    ['test-net', '^2.0.0-beta.0', 'test-net@2.0.0-beta.1'],
    ['beta-only', undefined, 'beta-only@0.1.0-a'],
  ])('finds %s with range %s: %s', (name, range, expected) => {
    expect(nameOf(versions.find(name, range))).toBe(expected);
  });

  it('finds the deblurring model of a tier', () => {
    const models = typical();
    expect(['fast', 'default', 'quality'].map((tier) => models.find(tier).manifest.id)).toEqual(['small', 'middle', 'large']);
  });

  it('lists what there is, and what may have been meant', () => {
    const error = catchError(() => typical().find('midle'));
    expect(ModelNotFoundError.isInstance(error)).toBe(true);
    expect(error.message).toContain('There is no model "midle". Did you mean middle? Registered: denoiser@1.0.0, small@1.0.0');
    expect(error.details).toMatchObject({ model: 'midle', closest: 'middle' });
    expect(() => createModelRegistry().find('x')).toThrow(/None is registered; add a model package/);
  });

  it('says which versions there are', () => {
    expect(() => versions.find('test-net', '^3.0.0')).toThrow(/No version of model test-net is in the range \^3\.0\.0; registered: 1\.2\.0, 1\.10\.0/);
  });

  it('refuses other forms of range, and two versions at once', () => {
    expect(() => versions.find('test-net@~1')).toThrow(InvalidArgumentError);
    expect(() => versions.find('test-net@1.2.0', '1.2.0')).toThrow(/given twice/);
  });
});

describe('select and rank', () => {
  it('prefers the default tier, then quality, then fast', () => {
    expect(typical().rank({ tasks: deblurTasks }).map(({ model: { manifest }, suitable }) => [manifest.id, suitable])).toEqual([
      ['middle', true], ['large', true], ['small', true], ['unmeasured', true], ['denoiser', false],
    ]);
    expect(typical().select({ tasks: deblurTasks }).manifest.id).toBe('middle');
    expect(typical().select({ tasks: ['denoise'] }).manifest.id).toBe('denoiser');
  });

  it('prefers earlier tasks, releases and newer versions', () => {
    const models = registry({ id: 'a', task: 'defocus' }, { id: 'b', version: '2.0.0-a' }, { id: 'b' }, { id: 'b', version: '1.1.0' });
    expect(models.rank({ tasks: ['motion', 'defocus'] }).map(({ model: found }) => nameOf(found))).toEqual(['b@1.1.0', 'b@1.0.0', 'b@2.0.0-a', 'a@1.0.0']);
    expect(models.select({ tasks: ['defocus', 'motion'] }).manifest.id).toBe('a');
  });

  it('keeps within memory and work, and says why others are left out', () => {
    const models = typical();
    expect(models.select({ tasks: deblurTasks, memoryBytes: 5e6 }).manifest.id).toBe('small');
    expect(models.select({ tasks: deblurTasks, maximumMacPerPixel: 500 }).manifest.id).toBe('small');
    const byId = new Map(models.rank({ memoryBytes: 5e6, maximumMacPerPixel: 500 }).map(({ model: { manifest }, reasons }) => [manifest.id, reasons]));
    expect(byId.get('small')).toEqual(['its tier is fast', 'it needs 1 MB of 5 MB', 'it takes 100 multiply–accumulates per pixel of at most 500']);
    expect(byId.get('middle')).toEqual(['it needs 9 MB of 5 MB', 'it takes 1000 multiply–accumulates per pixel of at most 500']);
    expect(byId.get('unmeasured')).toEqual(['its manifest states no memory', 'its manifest states no macPerPixel']);
  });

  it('throws what each model misses when none is suitable', () => {
    expect(() => typical().select({ tasks: ['video'], tier: 'fast' })).toThrow(/task video, tier fast\).*middle@1\.0\.0: its task is motion, its tier is default; .*small@1\.0\.0: its task is motion;/);
    expect(() => createModelRegistry().select()).toThrow(ModelNotFoundError);
  });
});

function catchError(action: () => unknown): ModelNotFoundError {
  try {
    action();
  } catch (error) {
    return error as ModelNotFoundError;
  }
  throw new Error('nothing was thrown');
}
