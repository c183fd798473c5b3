import { describe, expect, it } from 'vitest';
import { blur } from '../blur/blur.ts';
import { AbortedError, InvalidArgumentError } from '../errors/index.ts';
import { convertSamples } from '../image/convert-samples.ts';
import { createImage } from '../image/create-image.ts';
import { toRgb } from '../image/to-rgb.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { classifyBlur } from './classify-blur.ts';
import { detectBlur } from './detect-blur.ts';
import { deadLeaves } from './fixtures/dead-leaves.ts';
import { measureBlur } from './measure-blur.ts';
import { reductionOf, workingPlane } from './working-plane.ts';

const leaves = deadLeaves(384, 288, 8);
const blurredBy = (psf: string): Promise<PixelImage> => blur(leaves, { psf, noise: 0.003, seed: 4 });

describe('detectBlur', () => {
  it('calls a sharp picture sharp', async () => {
    const { label, confidence, width, angle, explanation } = await detectBlur(leaves);
    expect(label).toBe('sharp');
    expect(confidence).toBeGreaterThan(0.7);
    expect(width).toBe(0);
    expect(angle).toBeUndefined();
    expect(explanation).toMatch(/^Sharp: /);
  });

  it.each([[9, 20], [15, 75], [21, 150]])('finds a motion of %i pixels at %i°', async (length, degrees) => {
    const { label, confidence, width, angle, explanation } = await detectBlur(await blurredBy(`motion:${length},${degrees}`));
    expect(label).toBe('motion');
    expect(confidence).toBeGreaterThan(0.5);
    expect(width).toBeGreaterThan(length / 1.6);
    expect(width).toBeLessThan(length * 1.6);
    expect(Math.abs(angle! - degrees)).toBeLessThan(15);
    expect(explanation).toMatch(/^Motion: /);
  });

  it.each([['disk:3', 3], ['disk:6', 6], ['gaussian:2.5', 5]])('calls %s defocus', async (psf, radius) => {
    const { label, confidence, width, angle, explanation, probabilities } = await detectBlur(await blurredBy(psf));
    expect(label).toBe('defocus');
    expect(confidence).toBe(probabilities.defocus);
    expect(width).toBeGreaterThan((Math.sqrt(12) * radius) / 2 / 1.7);
    expect(width).toBeLessThan(((Math.sqrt(12) * radius) / 2) * 1.7);
    expect(angle).toBeUndefined();
    expect(explanation).toMatch(/^Defocus: /);
  });

  it('gives probabilities that sum to 1, the same for every kind of samples', async () => {
    const image = await blurredBy('disk:4');
    const found = await detectBlur(image);
    expect(found.probabilities.sharp + found.probabilities.motion + found.probabilities.defocus).toBeCloseTo(1, 12);
    const alpha = new Uint16Array(leaves.width * leaves.height);
    const other = await detectBlur({ ...toRgb(convertSamples(image, 'uint16')), alpha });
    expect(other.label).toBe(found.label);
    expect(other.confidence).toBeCloseTo(found.confidence, 2);
  });

  it('says that it does not know where there is no texture', async () => {
    for (const [width, height] of [[1, 1], [3, 3], [200, 2], [300, 300]] as const) {
      const image = createImage({ width, height, channels: 1, data: new Float32Array(width * height).fill(0.6) });
      const { label, confidence, width: blurWidth, explanation } = await detectBlur(image);
      expect([label, confidence, blurWidth]).toEqual(['sharp', 0, 0]);
      expect(explanation).toMatch(/^Unknown: /);
    }
  });

  it('stays finite on tiny pictures with texture', async () => {
    for (const [width, height] of [[2, 1], [3, 3], [17, 40]] as const) {
      const image = createImage({ width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 97) % 256) });
      const { confidence, measures, width: blurWidth } = await detectBlur(image);
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(blurWidth) && measures.spectrum.detail.flat().every(Number.isFinite)).toBe(true);
    }
  });

  it('refuses bad input and stops on abort', async () => {
    await expect(detectBlur({ width: 2 } as PixelImage)).rejects.toThrow(InvalidArgumentError);
    await expect(detectBlur({ ...leaves, data: leaves.data.map((value, i) => (i === 384 ? Infinity : value)) })).rejects.toThrow('x 0, y 1 is Infinity');
    await expect(detectBlur(leaves, { signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
    const controller = new AbortController();
    const pending = detectBlur(leaves, { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toThrow(AbortedError);
  });
});

describe('measureBlur', () => {
  it('looks at large pictures in a reduced size', async () => {
    expect([reductionOf(2999, 10), reductionOf(3000, 2000), reductionOf(3000, 4000), reductionOf(6000, 4000)]).toEqual([1, 2, 2, 4]);
    const data = Float32Array.from({ length: 3001 * 5 }, (_, i) => (i % 3001) / 4000);
    const plane = await workingPlane(createImage({ width: 3001, height: 5, channels: 1, data }), () => Promise.resolve());
    expect([plane.width, plane.height, plane.reduction]).toEqual([1500, 2, 2]);
    expect(plane.values[1500 + 700]).toBeCloseTo(Math.round((255 * 1400.5) / 4000) / 255, 6);
  });

  it('gives widths in pixels of the picture itself', async () => {
    const wide = deadLeaves(1000, 128, 2);
    const measures = await measureBlur(await blur(wide, { psf: 'motion:12,0' }));
    const enlarged = createImage({
      width: 3000, height: 384, channels: 1,
      data: Float32Array.from({ length: 3000 * 384 }, (_, i) => wide.data[Math.floor(i / 9000) * 1000 + Math.floor((i % 3000) / 3)]!),
    });
    const twice = await measureBlur(await blur(enlarged, { psf: 'motion:36,0' }));
    expect(twice.reduction).toBe(2);
    expect(twice.blurWidth / measures.blurWidth).toBeGreaterThan(2.2);
    expect(twice.blurWidth / measures.blurWidth).toBeLessThan(4);
  });

  it('keeps the classifier in range for extreme measures', async () => {
    const measures = await measureBlur(leaves);
    const shares = classifyBlur({ ...measures, blurWidth: 1e9, noise: 1e9 });
    expect(shares.sharp + shares.motion + shares.defocus).toBeCloseTo(1, 12);
  });
});
