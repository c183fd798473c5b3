import { describe, expect, it } from 'vitest';
import { createDeblur } from '../../deblur.ts';
import { AbortedError, InvalidArgumentError, ModelNotFoundError } from '../../errors/index.ts';
import { fakeBackend, fakeModel, identity } from '../../testing/fake-backend.ts';
import type { Deblur } from '../../deblur.ts';
import type { ModelManifest } from '../../models/manifest.ts';
import type { Warning } from '../../runtime/warning.ts';
import type { FakeBackend, FakeNetwork } from '../../testing/fake-backend.ts';
import { createNetworkDenoiser } from './network-denoiser.ts';

const plain = (await fakeModel()).manifest;
const denoising: Partial<ModelManifest> = {
  id: 'quiet', task: 'denoise',
  tensors: {
    ...plain.tensors,
    inputs: [...plain.tensors.inputs, {
      name: 'sigma', role: 'parameter', type: 'float32', dims: [-1, 1, 1, 1], default: 0.05, minimum: 0.001, maximum: 0.4, description: 'noise',
    }],
  },
};

async function client(backend: FakeBackend): Promise<Deblur> {
  return createDeblur({ plugins: [{ specificationVersion: 1, id: 'test', backend, models: [await fakeModel(), await fakeModel(denoising)] }] });
}

const picture = { width: 33, height: 21, data: new Float32Array(33 * 21 * 3).map((_, i) => (i * 7919 % 1000) / 999) };

/** Adds the level to every sample. */
const addLevel: FakeNetwork = ({ data }, inputs) => (data as Float32Array).map((value) => value + (inputs['sigma']!.data as Float32Array)[0]!);

describe('createNetworkDenoiser', () => {
  it('hands values and level to the network as they are, and opens one session for all calls', async () => {
    const backend = fakeBackend(addLevel);
    const denoiser = createNetworkDenoiser(await client(backend));
    expect(denoiser.model).toEqual({ id: 'quiet', version: '1.0.0' });
    expect(denoiser.noiseRange).toEqual({ minimum: 0.001, maximum: 0.4 });
    expect(denoiser.backend).toBeUndefined();
    for (const level of [0.1, 0.0123, 0.001]) {
      const result = await denoiser.denoise(picture, level);
      expect(result).toEqual(picture.data.map((value) => value + Math.fround(level)));
    }
    expect(denoiser.backend).toEqual({ id: 'fake', provider: 'cpu' });
    expect(backend.log.filter((line) => line.startsWith('create'))).toHaveLength(1);
  });

  it('passes on how to run, and each warning once', async () => {
    const backend = fakeBackend(({ data, dims }) => (dims[3]! > 24 ? (data as Float32Array).fill(NaN) : (data as Float32Array).slice()));
    const warnings: Warning[] = [];
    const stages = new Set<string>();
    const all = { onWarning: (warning: Warning) => warnings.push(warning), onProgress: ({ stage }: { stage: string }) => stages.add(stage) };
    const deblur = await client(backend);
    const tiled = createNetworkDenoiser(deblur, { model: 'quiet', tile: 24, ...all });
    await tiled.denoise(picture, 0.1);
    expect(backend.log.filter((line) => line.startsWith('run')).length).toBeGreaterThan(1);
    expect(warnings).toEqual([]);
    const broken = createNetworkDenoiser(deblur, { ...all, tile: 40 });
    await broken.denoise(picture, 0.1);
    await broken.denoise(picture, 0.2);
    expect(warnings.map(({ code }) => code)).toEqual(['tile-kept']);
    expect(stages.has('restore')).toBe(false);
  });

  it('stops when told to', async () => {
    const denoiser = createNetworkDenoiser(await client(fakeBackend(identity)));
    await expect(denoiser.denoise(picture, 0.1, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(AbortedError);
  });

  it('refuses models that are no denoisers or not there', async () => {
    const deblur = await client(fakeBackend(identity));
    expect(() => createNetworkDenoiser(deblur, { model: 'fake' })).toThrow(InvalidArgumentError);
    expect(() => createNetworkDenoiser(deblur, { model: 'absent' })).toThrow(ModelNotFoundError);
    expect(() => createNetworkDenoiser(createDeblur())).toThrow(ModelNotFoundError);
  });
});
