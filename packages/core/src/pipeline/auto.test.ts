import { describe, expect, it } from 'vitest';
import { blur, convolveVarying, parsePsf } from '../blur/index.ts';
import { createDeblur } from '../deblur.ts';
import { EstimateRefusedError, InvalidArgumentError } from '../errors/index.ts';
import { alignedPsnr, psnr } from '../metrics/index.ts';
import { fakeBackend, fakeModel, identity } from '../testing/fake-backend.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import type { ProgressEvent } from '../runtime/progress.ts';

/** Overlapping discs of random brightness, and fine stripes: edges and detail in all directions. */
function picture(width: number, height: number): PixelImage {
  const data = new Float32Array(width * height).fill(0.5);
  let seed = 7;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let disc = 0; disc < 500; disc++) {
    const [cx, cy, r, value] = [random() * width, random() * height, 2 + 25 * random() ** 3, 0.05 + 0.9 * random()];
    for (let y = Math.max(0, Math.floor(cy - r)); y < Math.min(height, cy + r); y++) {
      for (let x = Math.max(0, Math.floor(cx - r)); x < Math.min(width, cx + r); x++) {
        if (Math.hypot(x - cx, y - cy) < r) data[y * width + x] = value;
      }
    }
  }
  return { width, height, channels: 1, data, transfer: 'srgb' };
}

const sharp = picture(420, 360);
const deblur = createDeblur();

describe("method 'auto'", () => {
  it('leaves a sharp picture as it is and says why', async () => {
    const { method, image, choice, warnings } = await deblur.run(sharp, { method: 'auto' });
    expect(method).toBe('none');
    expect(image!.data).toEqual(sharp.data);
    expect(choice!.detection.label).toBe('sharp');
    expect(choice!.reasons.at(-1)).toMatch(/left as it is/);
    expect(warnings).toEqual([]);
  });

  it('leaves a constant picture as it is', async () => {
    const { method } = await deblur.run({ ...sharp, data: new Float32Array(420 * 360).fill(0.3) }, { method: 'auto' });
    expect(method).toBe('none');
  });

  it('deconvolves what a formula describes', async () => {
    const blurred = await blur(sharp, { psf: 'motion:15,30', noise: 0.003, seed: 1 });
    const { method, image, deconvolution, choice } = await deblur.run(blurred, { method: 'auto' });
    expect(method).toBe('tv');
    expect(deconvolution!.parametricEstimate!.psf).toMatchObject({ kind: 'motion' });
    expect(choice!.reasons.at(-1)).toMatch(/motion over 1\d\.\d pixels at (29|30|31)°/);
    expect(psnr(image!, sharp, { crop: 16 })).toBeGreaterThan(psnr(blurred, sharp, { crop: 16 }) + 3);
  });

  it('takes a network for blur that varies', async () => {
    const psfs = [parsePsf('motion:16,5'), parsePsf('motion:16,50')];
    const blurred = await convolveVarying(picture(300, 200), { columns: 2, rows: 1, psfs });
    const model = await fakeModel();
    const client = createDeblur({ plugins: [{ specificationVersion: 1, id: 'test', backend: fakeBackend(identity), models: [model] }] });
    const result = await client.run(blurred, { method: 'auto' });
    expect(result).toMatchObject({ method: 'network', model: { id: model.manifest.id } });
    expect(result.choice!.detection.label).toBe('motion');
  });
});

describe("method 'blind'", () => {
  it('restores with the PSF it estimates, which is in the result', async () => {
    const blurred = await blur(sharp, { psf: 'camera-shake:16,8', noise: 0.003, seed: 1 });
    const events: ProgressEvent[] = [];
    const { method, image, deconvolution } = await deblur.run(blurred, { method: 'blind', onProgress: (event) => events.push(event) });
    expect(method).toBe('blind');
    expect(deconvolution).toMatchObject({ method: 'tv', blindEstimate: { kind: 'blind' } });
    expect(deconvolution!.psf).toBe(deconvolution!.blindEstimate!.psf);
    expect(new Set(events.map(({ stage }) => stage))).toEqual(new Set(['estimate', 'restore']));
    expect(alignedPsnr(image!, sharp)).toBeGreaterThan(alignedPsnr(blurred, sharp) + 2);
  });

  it('refuses with the reason where the picture does not tell', async () => {
    const run = deblur.run({ ...sharp, data: new Float32Array(420 * 360).fill(0.3) }, { method: 'blind' });
    await expect(run).rejects.toThrow(EstimateRefusedError);
    await expect(run).rejects.toThrow(/constant/);
  });
});

describe("method 'polyblur'", () => {
  it('removes mild blur and says what it removed', async () => {
    const blurred = await blur(sharp, { psf: 'gaussian:1.2', noise: 0.002, seed: 1 });
    const { method, image, blurs } = await deblur.run(blurred, { method: 'polyblur' });
    expect(method).toBe('polyblur');
    expect(blurs!.length).toBeGreaterThan(0);
    expect(psnr(image!, sharp, { crop: 8 })).toBeGreaterThan(psnr(blurred, sharp, { crop: 8 }) + 1);
  });
});

describe("method 'pnp'", () => {
  it('degrades to total variation where nothing denoises, with a warning', async () => {
    const blurred = await blur(picture(120, 90), { psf: 'disk:2', noise: 0.003, seed: 1 });
    const { method, warnings } = await deblur.run(blurred, { method: 'pnp', psf: 'disk:2' });
    expect(method).toBe('tv');
    expect(warnings).toMatchObject([{ code: 'option-changed', details: { method: 'pnp', used: 'tv' } }]);
  });

  it('wants a PSF', async () => {
    await expect(deblur.run(sharp, { method: 'pnp' })).rejects.toThrow(InvalidArgumentError);
  });
});
