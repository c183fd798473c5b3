import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createModelRegistry, findManifestIssues, verifyModel } from '@deblur/core';
import { describe, expect, it } from 'vitest';
import schema from '@deblur/core/manifest.schema.json' with { type: 'json' };
import { maximModels, maximS2Manifest } from './index.ts';
import type { FileAccess, ModelPackage } from '@deblur/core';

const files: FileAccess = { protocols: ['file:'], read: (url) => readFile(url) };
const plugin = maximModels();
const models = typeof plugin.models === 'function' ? plugin.models(files) : [];

it('brings maxim-s2', () => {
  expect(models.map(({ manifest }) => manifest)).toEqual([maximS2Manifest]);
});

it('makes maxim-s2 the deblurring model of tier quality', () => {
  const registry = createModelRegistry();
  for (const model of models) registry.register(model);
  expect(registry.find('quality').manifest.id).toBe('maxim-s2');
});

describe.each(models.map((model): [string, ModelPackage] => [model.manifest.id, model]))('%s', (_, model) => {
  it('has a valid manifest, by the validator and by ajv', () => {
    expect(findManifestIssues(model.manifest)).toEqual([]);
    const accept = new Ajv2020().compile(schema);
    expect(accept(model.manifest), JSON.stringify(accept.errors)).toBe(true);
  });

  it('has the files its manifest declares', async () => {
    const verified = await verifyModel(model);
    expect(verified).toHaveLength(3);
    expect(verified.flatMap(({ error }) => error?.message ?? [])).toEqual([]);
  });

  it('claims measured figures with the command that prints them', () => {
    for (const { before, after, command } of model.manifest.metrics) {
      expect(after).toBeGreaterThan(before);
      expect(command).toMatch(/^(npm|python|node) /);
    }
  });
});
