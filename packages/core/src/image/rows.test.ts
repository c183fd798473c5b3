import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { concatenateRows } from './concatenate-rows.ts';
import { createImage } from './create-image.ts';
import { crop } from './crop.ts';
import { sliceRows } from './slice-rows.ts';
import { validateImage } from './validate-image.ts';

const picture = (width: number, height: number, channels: 1 | 3) =>
  createImage({
    width, height, channels,
    data: Uint16Array.from({ length: width * height * channels }, (_, i) => i),
    alpha: Uint16Array.from({ length: width * height }, (_, i) => 1000 + i),
    icc: Uint8Array.of(1, 2), metadata: { density: 72 },
  });

describe('sliceRows and concatenateRows', () => {
  it('give the picture back for any cuts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 20 }), fc.constantFrom(1 as const, 3 as const),
        fc.array(fc.integer({ min: 1, max: 20 })),
        (width, height, channels, cuts) => {
          const image = picture(width, height, channels);
          const edges = [...new Set([0, ...cuts.filter((cut) => cut < height), height])].sort((a, b) => a - b);
          const bands = edges.slice(1).map((end, i) => sliceRows(image, edges[i]!, end));
          bands.forEach((band) => validateImage(band));
          expect(concatenateRows(bands)).toEqual(image);
        },
      ),
    );
  });

  it('shares samples when slicing', () => {
    const image = picture(2, 3, 1);
    const band = sliceRows(image, 1, 2);
    expect([...band.data]).toEqual([2, 3]);
    expect([...band.alpha!]).toEqual([1002, 1003]);
    expect(band.data.buffer).toBe(image.data.buffer);
  });

  it('refuses rows that are not there', () => {
    const image = picture(2, 3, 1);
    for (const [start, end] of [[-1, 2], [0, 4], [2, 2], [0.5, 2]] as const) {
      expect(() => sliceRows(image, start, end)).toThrow(InvalidArgumentError);
    }
  });

  it('refuses bands that do not fit, naming the band', () => {
    const image = picture(2, 3, 1);
    const { alpha: _alpha, ...opaque } = image;
    expect(() => concatenateRows([image, opaque])).toThrow('Band 1 has width 2, 1 channels, uint16, srgb, no alpha');
    expect(() => concatenateRows([image, image, picture(3, 1, 1)])).toThrow('Band 2');
    expect(() => concatenateRows([])).toThrow('no bands');
  });
});

describe('crop', () => {
  it('copies a rectangle with alpha', () => {
    const part = crop(picture(4, 3, 3), { left: 1, top: 1, width: 2, height: 2 });
    validateImage(part);
    expect([...part.data]).toEqual([15, 16, 17, 18, 19, 20, 27, 28, 29, 30, 31, 32]);
    expect([...part.alpha!]).toEqual([1005, 1006, 1009, 1010]);
    expect(part.icc).toEqual(Uint8Array.of(1, 2));
  });

  it('refuses what reaches beyond the picture', () => {
    const image = picture(4, 3, 3);
    for (const area of [
      { left: 3, top: 0, width: 2, height: 1 }, { left: 0, top: -1, width: 1, height: 1 },
      { left: 0, top: 0, width: 0, height: 1 }, { left: 0, top: 0, width: 1.5, height: 1 },
    ]) {
      expect(() => crop(image, area)).toThrow(InvalidArgumentError);
    }
  });
});
