import { describe, expect, it } from 'vitest';
import { createDeblur } from '../deblur.ts';
import { DeviceLostError, InvalidArgumentError, ModelError, OutOfMemoryError, UnsupportedError } from '../errors/index.ts';
import { fakeBackend, fakeModel, identity } from '../testing/fake-backend.ts';
import type { Deblur } from '../deblur.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import type { ProgressEvent } from '../runtime/progress.ts';
import type { FakeBackend, FakeNetwork } from '../testing/fake-backend.ts';

function picture(width: number, height: number, channels: 1 | 3 = 3): PixelImage {
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 7919 + (i >> 5) * 31) % 256);
  return { width, height, channels, data, transfer: 'srgb' };
}

function client(backend: FakeBackend): Deblur {
  return createDeblur({ plugins: [{ specificationVersion: 1, id: 'test', backend }] });
}

/** Adds a tenth to every sample. */
const brighten: FakeNetwork = ({ data }) => (data as Float32Array).map((value) => value + 0.1);

describe('run', () => {
  it.each([[1, 1], [7, 300], [300, 7], [130, 97]])('gives a picture of %i×%i back unchanged through an identity network', async (width, height) => {
    const deblur = client(fakeBackend(identity));
    const input = picture(width, height);
    const result = await deblur.run(input, { model: await fakeModel(), tile: 64 });
    expect(result.image!.data).toEqual(input.data);
    expect(result.warnings).toEqual([]);
  });

  it('keeps grey grey, 16 bit 16 bit, and alpha, ICC and metadata as they are', async () => {
    const deblur = client(fakeBackend(identity));
    const data = Uint16Array.from({ length: 90 * 70 }, (_, i) => (i * 977) % 65536);
    const alpha = Uint16Array.from({ length: 90 * 70 }, (_, i) => (i * 13) % 65536);
    const input: PixelImage = {
      width: 90, height: 70, channels: 1, data, alpha, transfer: 'srgb', icc: new Uint8Array([9]), metadata: { density: 300 },
    };
    const { image } = await deblur.run(input, { model: await fakeModel(), tile: 64 });
    expect(image).toEqual(input);
  });

  it.each([0.5, 1 / 3, 0.25])('changes nothing at working scale %d when the network changes nothing', async (scale) => {
    const deblur = client(fakeBackend(identity));
    const input = picture(203, 101);
    const result = await deblur.run(input, { model: await fakeModel(), tile: 40, scale });
    expect(result.image!.data).toEqual(input.data);
    expect(result.scale).toBe(scale);
  });

  it('takes 0.33 for a third', async () => {
    const { scale } = await client(fakeBackend(identity)).run(picture(90, 60), { model: await fakeModel(), scale: 0.33 });
    expect(scale).toBe(1 / 3);
  });

  it('says when a tier has no model of its own', async () => {
    const model = await fakeModel();
    const deblur = createDeblur({ plugins: [{ specificationVersion: 1, id: 'test', backend: fakeBackend(identity), models: [model] }] });
    const { id, tier } = model.manifest;
    const other = tier === 'fast' ? 'quality' : 'fast';
    expect((await deblur.run(picture(64, 64), { model: tier })).warnings).toEqual([]);
    expect((await deblur.run(picture(64, 64), { model: other })).warnings).toMatchObject([
      { code: 'option-changed', message: `There is no model of tier ${other}; ${id} (${tier}) was used.`, details: { wanted: other, model: id, tier } },
    ]);
  });

  it('adds the enlarged difference at a working scale', async () => {
    const deblur = client(fakeBackend(brighten));
    const input: PixelImage = { ...picture(120, 80), data: picture(120, 80).data.map((value) => value >> 1) as Uint8Array };
    const { image } = await deblur.run(input, { model: await fakeModel(), scale: 0.5 });
    image!.data.forEach((value, i) => expect(Math.abs(value - input.data[i] - 25.5)).toBeLessThanOrEqual(0.51));
  });

  it.each([[1, 1], [22, 0.5], [40, 0.25]])('chooses by itself the scale for a streak of %i px', async (length, scale) => {
    const edges = picture(300, 200);
    // A row of random bars, each averaged over `length` pixels: straight horizontal motion.
    const bars = Float32Array.from({ length: 300 + length }, (_, x) => (((x * 2654435761) >>> 8) % 11 < 5 ? 0.2 : 0.8));
    for (let x = 1; x < bars.length; x++) if ((x * 40503) % 97 > 25) bars[x] = bars[x - 1]!;
    const data = edges.data.map((_, i) => {
      const x = Math.floor(i / 3) % 300;
      return 255 * (bars.subarray(x, x + length).reduce((sum, value) => sum + value, 0) / length);
    });
    const result = await client(fakeBackend(identity)).run({ ...edges, data }, { model: await fakeModel(), scale: 'auto' });
    expect(result.scale).toBe(scale);
  });

  it('gives finished rows from the top while it works, the same as in the result', async () => {
    const deblur = client(fakeBackend(brighten));
    const seen: { top: number; data: number[]; tiles: number }[] = [];
    let tiles = 0;
    const { image } = await deblur.run(picture(130, 97), {
      model: await fakeModel(), tile: 48,
      onProgress: ({ stage, done }) => { if (stage === 'restore') tiles = done; },
      onRows: (rows, top) => seen.push({ top, data: [...rows.data], tiles }),
    });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen[0]!.tiles).toBeLessThan(tiles);
    expect(seen.map(({ top }) => top)).toEqual(seen.map((_, i) => seen.slice(0, i).reduce((sum, { data }) => sum + data.length / 390, 0)));
    expect(seen.flatMap(({ data }) => data)).toEqual([...image!.data]);
  });

  it('applies strength as a share of the change', async () => {
    const deblur = client(fakeBackend(brighten));
    const input: PixelImage = { ...picture(40, 40), data: new Uint8Array(40 * 40 * 3).fill(100) };
    const { image } = await deblur.run(input, { model: await fakeModel(), strength: 0.4 });
    expect(new Set(image!.data)).toEqual(new Set([110]));
  });

  it('keeps the input where a tile is not finite or explodes, and says so', async () => {
    let tile = 0;
    const deblur = client(fakeBackend(({ data }) => {
      const result = (data as Float32Array).map((value) => value + 0.05);
      if (tile === 0) result[100] = NaN;
      if (tile === 1) result.fill(9);
      tile++;
      return result;
    }));
    const input: PixelImage = { ...picture(200, 60), data: new Uint8Array(200 * 60 * 3).fill(100) };
    const result = await deblur.run(input, { model: await fakeModel(), tile: 64 });
    expect(result.tiles.kept).toBe(2);
    expect(result.warnings.map(({ code }) => code)).toEqual(['tile-kept']);
    expect(result.image!.data[0]).toBe(100);
    expect(result.image!.data.at(-1)).toBe(113);
  });

  it('cuts a tile into smaller ones when memory runs out', async () => {
    const deblur = client(fakeBackend((image) => {
      if (image.dims[2]! > 40) throw new OutOfMemoryError('too large');
      return identity(image, {}, 'cpu');
    }));
    const input = picture(150, 150);
    const result = await deblur.run(input, { model: await fakeModel(), tile: 80 });
    expect(result.image!.data).toEqual(input.data);
    expect(result.warnings.map(({ code }) => code)).toContain('tile-reduced');
  });

  it('gives up on memory when the model takes no smaller tile', async () => {
    const deblur = client(fakeBackend(() => {
      throw new OutOfMemoryError('too large');
    }));
    const model = await fakeModel({ size: { minimum: 64, multipleOf: 64, fixed: { width: 64, height: 64 } } });
    await expect(deblur.run(picture(80, 80), { model })).rejects.toThrow(/takes no smaller one/);
  });

  it('rebuilds the session once when the device is lost', async () => {
    let runs = 0;
    const backend = fakeBackend((image) => {
      if (runs++ === 1) throw new DeviceLostError('gone');
      return identity(image, {}, 'cpu');
    });
    const result = await client(backend).run(picture(130, 60), { model: await fakeModel(), tile: 64 });
    expect(result.warnings.map(({ code }) => code)).toEqual(['session-rebuilt']);
    expect(backend.log.filter((line) => line.startsWith('create'))).toHaveLength(2);
  });

  it('makes later tiles wait while the session is rebuilt', async () => {
    let runs = 0;
    const backend = fakeBackend((image) => {
      if (runs++ === 1) throw new DeviceLostError('gone');
      return identity(image, {}, 'cpu');
    });
    const slow: typeof backend = {
      ...backend,
      async createSession(model, options) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        return backend.createSession(model, options);
      },
    };
    const input = picture(300, 60);
    const result = await client(slow).run(input, { model: await fakeModel(), tile: 64 });
    expect(result.warnings.map(({ code }) => code)).toEqual(['session-rebuilt']);
    expect(result.image!.data).toEqual(input.data);
  });

  it('passes parameters to the network and refuses unknown ones and values out of range', async () => {
    const model = await fakeModel({
      tensors: {
        inputs: [
          { name: 'input', role: 'image', layout: 'NCHW', type: 'float32', channels: 3 },
          { name: 'sigma', role: 'parameter', type: 'float32', dims: [1, 1, 1, 1], default: 0.05, minimum: 0, maximum: 0.3, description: 'noise level' },
        ],
        outputs: [{ name: 'output', role: 'image', layout: 'NCHW', type: 'float32', channels: 3 }],
      },
    });
    const seen: number[] = [];
    const deblur = client(fakeBackend((image, inputs) => {
      seen.push(inputs['sigma']!.data[0] as number);
      return identity(image, inputs, 'cpu');
    }));
    await deblur.run(picture(8, 8), { model });
    await deblur.run(picture(8, 8), { model, parameters: { sigma: 0.25 } });
    expect(seen).toEqual([Math.fround(0.05), 0.25]);
    await expect(deblur.run(picture(8, 8), { model, parameters: { sigma: 2 } })).rejects.toThrow(/0 to 0.3/);
    await expect(deblur.run(picture(8, 8), { model, parameters: { sgima: 0.1 } })).rejects.toThrow(/it takes sigma/);
  });

  it('reports each tile with the time left, and stops at once when aborted', async () => {
    const events: ProgressEvent[] = [];
    const deblur = client(fakeBackend(identity));
    const model = await fakeModel();
    const { tiles } = await deblur.run(picture(200, 200), { model, tile: 64, onProgress: (event) => events.push(event) });
    const restored = events.filter(({ stage }) => stage === 'restore');
    expect(restored.map(({ done }) => done)).toEqual([...Array(tiles.count + 1).keys()]);
    expect(restored.at(-1)).toMatchObject({ total: tiles.count, etaMs: 0 });

    const controller = new AbortController();
    const aborted = deblur.run(picture(200, 200), { model, tile: 64, signal: controller.signal, onProgress: ({ stage, done }) => {
      if (stage === 'restore' && done === 2) controller.abort();
    } });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError', code: 'aborted' });
    await expect(deblur.run(picture(9, 9), { model, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    await expect(deblur.run(picture(9, 9), { model })).resolves.toBeDefined();
  });

  it.each([
    [{ scale: 0.3 as never }, 'scale'], [{ strength: 2 }, 'strength'], [{ strength: NaN }, 'strength'], [{ tile: 0.5 }, 'tile'],
    [{ memory: -1 }, 'memory'], [{ threads: 0 }, 'threads'], [{ parameters: { sigma: NaN } }, 'parameters.sigma'],
  ])('refuses %o by name', async (options, name) => {
    const run = client(fakeBackend(identity)).run(picture(8, 8), { model: await fakeModel(), ...options });
    await expect(run).rejects.toSatisfy((error) => InvalidArgumentError.isInstance(error) && error.message.includes(`'${name}'`));
  });

  it('says what to install when something is missing', async () => {
    await expect(createDeblur().run(picture(8, 8))).rejects.toThrow(/@deblur\/models/);
    await expect(createDeblur().run(picture(8, 8), { model: await fakeModel() })).rejects.toThrow(/@deblur\/backend-node/);
    await expect(client(fakeBackend(identity)).run('photo.jpg', { model: await fakeModel() })).rejects.toThrow(/@deblur\/plugin-sharp/);
    expect(() => createDeblur({ plugins: [(() => undefined) as never] })).toThrow(/call it/);
  });

  it('never shows NaN or infinite input as such', async () => {
    const data = new Float32Array(64 * 64 * 3).fill(0.5);
    data[5] = NaN;
    data[6] = Infinity;
    const result = await client(fakeBackend(identity)).run({ width: 64, height: 64, channels: 3, data, transfer: 'srgb' }, { model: await fakeModel() });
    expect(result.image!.data.every((value) => Number.isFinite(value))).toBe(true);
    expect(result.warnings.map(({ code }) => code)).toEqual(['tile-kept']);
  });

  it('does not let one failing call harm the next', async () => {
    let runs = 0;
    const deblur = client(fakeBackend((image) => {
      if (runs++ === 0) throw new ModelError('bad operator');
      return identity(image, {}, 'cpu');
    }));
    const model = await fakeModel();
    await expect(deblur.run(picture(8, 8), { model })).rejects.toThrow('bad operator');
    await expect(deblur.run(picture(8, 8), { model })).resolves.toMatchObject({ width: 8 });
  });
});

describe('sessions', () => {
  it('are shared by concurrent calls and kept warm', async () => {
    const backend = fakeBackend(identity);
    const deblur = client(backend);
    const model = await fakeModel();
    await Promise.all([1, 2, 3].map(() => deblur.run(picture(20, 20), { model })));
    const warm = await deblur.run(picture(20, 20), { model });
    expect(backend.log.filter((line) => line.startsWith('create'))).toHaveLength(1);
    expect(warm.timings.createSessionMs).toBe(0);
    await deblur.dispose();
    await deblur.dispose();
    expect(backend.log.filter((line) => line.startsWith('dispose'))).toHaveLength(1);
    await expect(deblur.run(picture(8, 8), { model })).rejects.toMatchObject({ code: 'disposed' });
  });

  it('fall back on UnsupportedError only', async () => {
    const refuse = (error: Error) => ({ provider }: { provider: string }): void => {
      if (provider === 'cuda') throw error;
    };
    const unsupported = fakeBackend(identity, ['cuda', 'cpu'], refuse(new UnsupportedError('libcudart.so is missing')));
    const result = await client(unsupported).run(picture(8, 8), { model: await fakeModel() });
    expect(result.backend!.provider).toBe('cpu');
    expect(result.warnings).toMatchObject([{ code: 'provider-demoted', details: { provider: 'cuda' } }]);

    const broken = fakeBackend(identity, ['cuda', 'cpu'], refuse(new ModelError('corrupt')));
    await expect(client(broken).run(picture(8, 8), { model: await fakeModel() })).rejects.toThrow('corrupt');
    await expect(client(unsupported).run(picture(8, 8), { model: await fakeModel(), provider: 'cuda' })).rejects.toThrow(/libcudart/);
  });

  it('demote a provider that gets the golden tile wrong', async () => {
    const wrong: FakeNetwork = (image, inputs, provider) => (provider === 'webgpu' ? brighten : identity)(image, inputs, provider);
    const backend = fakeBackend(wrong, ['webgpu', 'cpu']);
    const result = await client(backend).run(picture(8, 8), { model: await fakeModel({}, true) });
    expect(result.backend!.provider).toBe('cpu');
    expect(result.warnings).toMatchObject([{ code: 'provider-demoted', details: { provider: 'webgpu', psnr: expect.closeTo(20.4, 0) } }]);
    expect(backend.log).toContain('dispose webgpu');

    const only = fakeBackend(brighten, ['webgpu']);
    await expect(client(only).run(picture(8, 8), { model: await fakeModel({}, true) })).rejects.toSatisfy((error) => ModelError.isInstance(error));
    await expect(client(only).run(picture(8, 8), { model: await fakeModel({}, true), selfCheck: false })).resolves.toBeDefined();
  });
});
