import { Ajv2020 } from 'ajv/dist/2020.js';
import { createModelRegistry, findManifestIssues } from '@deblur/core';
import { describe, expect, it } from 'vitest';
import schema from '@deblur/core/manifest.schema.json' with { type: 'json' };
import { builtinModels, zooManifests, zooModels } from './index.ts';
import type { DeblurPlugin, FileAccess } from '@deblur/core';

const asked: string[] = [];
const files: FileAccess = {
  protocols: ['https:'],
  read: async (url, options) => {
    asked.push(url.href, ...(options?.mirrors ?? []).map(({ href }) => href));
    return new Uint8Array();
  },
};
const modelsOf = ({ models }: DeblurPlugin) => (typeof models === 'function' ? models(files) : models ?? []);

describe.each(zooManifests.map((manifest) => [manifest.id, manifest] as const))('%s', (_, manifest) => {
  it('has a valid manifest, by the validator and by ajv', () => {
    expect(findManifestIssues(manifest)).toEqual([]);
    const accept = new Ajv2020().compile(schema);
    expect(accept(manifest), JSON.stringify(accept.errors)).toBe(true);
  });

  it('claims no figures and has an encrypted address for each file', () => {
    expect(manifest).toMatchObject({ verification: 'unverified', metrics: [] });
    for (const { urls = [] } of manifest.files) {
      expect(urls.length).toBeGreaterThan(0);
      for (const url of urls) expect(url).toMatch(/^https:/);
    }
  });
});

it('asks the network only when a file is read, and only for that model', async () => {
  const registry = createModelRegistry();
  for (const model of [...modelsOf(builtinModels()), ...modelsOf(zooModels())]) registry.register(model);
  expect(['auto', 'fast', 'default', 'quality'].map((name) => registry.find(name).manifest.id)).toEqual(Array(4).fill('maxim-s1'));
  expect(registry.rank().filter(({ suitable }) => !suitable).map(({ reasons }) => reasons)).toEqual(Array(2).fill([expect.stringMatching(/unverified/)]));
  expect(asked).toEqual([]);
  const { manifest, source } = registry.find('nafnet-gopro');
  await source.read(manifest.files[0]!);
  expect(asked).toEqual(manifest.files[0]!.urls);
});
