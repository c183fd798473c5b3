import { describe, expect, it } from 'vitest';
import { convolve } from '../../blur/convolve.ts';
import type { Psf } from '../../blur/psf.ts';
import { motionPsf } from '../../blur/motion-psf.ts';
import { concatenateRows } from '../../image/concatenate-rows.ts';
import { createImage } from '../../image/create-image.ts';
import { kernelSimilarity } from '../../metrics/kernel-similarity.ts';
import { estimatePsfGrid } from './estimate-psf-grid.ts';
import type { BlindEstimate } from './blind-estimate.ts';
import { fillCells } from './grid-cells.ts';
import { deadLeaves } from './fixtures/dead-leaves.ts';

const flat = createImage({ width: 128, height: 128, channels: 1, data: new Float32Array(128 * 128).fill(0.3), transfer: 'linear' });

describe('estimatePsfGrid', () => {
  it('finds a PSF for each cell, all of one size, with windows in pixels of the picture', async () => {
    const psfs = [motionPsf(11, 0), motionPsf(11, 90)];
    const [upper, lower] = await Promise.all(psfs.map((psf, i) => convolve(deadLeaves(128, 128, 8 + i), psf)));
    const picture = concatenateRows([upper!, flat, flat, lower!]);
    const steps: number[] = [];
    const result = await estimatePsfGrid(picture, { columns: 1, rows: 4, size: 15, onProgress: (done) => steps.push(done) });
    expect(steps).toEqual([0, 1, 2, 3, 4]);
    expect(result.reliable[0]).toBe(true);
    expect(result.reliable[3]).toBe(true);
    const { rows, columns, psfs: found } = result.grid!;
    expect([rows, columns, found.length]).toEqual([4, 1, 4]);
    expect(new Set(found.map(({ width, height, centre }) => `${width} ${height} ${centre.x} ${centre.y}`)).size).toBe(1);
    expect(kernelSimilarity(found[0]!, psfs[0]!)).toBeGreaterThan(0.7);
    expect(kernelSimilarity(found[3]!, psfs[1]!)).toBeGreaterThan(0.7);
    expect(kernelSimilarity(found[0]!, psfs[1]!)).toBeLessThan(0.6);
    expect(kernelSimilarity(found[3]!, psfs[0]!)).toBeLessThan(0.6);
    expect(result.cells[3]!.window.top).toBe(352);
  });

  it('fills unreliable cells by distance and confidence', () => {
    const estimate = (psf: Psf | undefined, confidence: number): BlindEstimate => ({
      kind: 'blind', confidence, size: 9, noise: 0, window: { left: 0, top: 0, width: 9, height: 9 }, ...(psf && { psf }),
    });
    const [across, down] = [motionPsf(9, 0), motionPsf(5, 90)];
    const cells = [estimate(across, 0.8), estimate(undefined, 0), estimate(down, 0.1), estimate(down, 0.8)];
    const filled = fillCells(cells, [true, false, false, true], 4);
    expect(filled.map(({ width, height }) => [width, height])).toEqual(Array.from({ length: 4 }, () => [9, 9]));
    expect(kernelSimilarity(filled[0]!, across)).toBeCloseTo(1, 6);
    const part = (psf: Psf): number => psf.data[36]! / across.data[0]!;
    expect(part(filled[1]!)).toBeCloseTo(0.8, 5);
    expect(part(filled[2]!)).toBeCloseTo(0.2, 5);
    filled.forEach(({ data }) => expect(data.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5));
  });

  it('refuses where no cell can be relied on, and names bad grids', async () => {
    const result = await estimatePsfGrid(flat, { columns: 2, rows: 1 });
    expect(result.grid).toBeUndefined();
    expect(result.refused).toContain('No cell');
    expect(result.reliable).toEqual([false, false]);
    await expect(estimatePsfGrid(flat, { columns: 0, rows: 1 })).rejects.toThrow('columns is 0');
    await expect(estimatePsfGrid(flat, { columns: 1, rows: 1, leastConfidence: 2 })).rejects.toThrow('leastConfidence is 2');
  });
});
