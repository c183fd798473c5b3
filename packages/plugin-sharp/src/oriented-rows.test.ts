import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orientRows } from './oriented-rows.ts';
import { memoryStore } from './pixel-store.ts';
import { rowBytes } from './sample-layout.ts';
import type { SampleLayout } from './sample-layout.ts';

/** Where pixel (x, y) of the upright picture is stored, from the table of CIPA DC-008 (which edge row 0 and column 0 are). */
function storedAt(orientation: number, x: number, y: number, width: number, height: number): [number, number] {
  const [right, bottom] = [width - 1, height - 1];
  switch (orientation) {
    case 2: return [right - x, y];
    case 3: return [right - x, bottom - y];
    case 4: return [x, bottom - y];
    case 5: return [y, x];
    case 6: return [y, bottom - x];
    case 7: return [right - y, bottom - x];
    case 8: return [right - y, x];
    default: return [x, y];
  }
}

it('turns rows of any layout, by bands of any size, within any budget', async () => {
  const layout = fc.record({
    width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }), samples: fc.integer({ min: 1, max: 4 }),
    type: fc.constantFrom('uint8' as const, 'uint16' as const, 'float32' as const),
  });
  const budgets = fc.record({ strip: fc.integer({ min: 1, max: 5000 }), chunk: fc.integer({ min: 1, max: 2000 }) });
  const property = fc.asyncProperty(
    layout, fc.integer({ min: 1, max: 8 }), budgets, fc.integer({ min: 1, max: 15 }),
    async (stored: SampleLayout, orientation, budget, bandRows) => {
      const stride = rowBytes(stored);
      const size = stride / stored.width;
      const bytes = Uint8Array.from({ length: stride * stored.height }, (_, i) => (i * 7919 + (i >> 8) * 31) % 256);
      const rows = orientRows(memoryStore(bytes, stride), stored, orientation, budget);
      const [width, height] = orientation > 4 ? [stored.height, stored.width] : [stored.width, stored.height];
      for (let top = 0; top < height; top += bandRows) {
        const count = Math.min(bandRows, height - top);
        const expected = new Uint8Array(count * width * size);
        for (let row = 0; row < count; row++) {
          for (let x = 0; x < width; x++) {
            const [column, line] = storedAt(orientation, x, top + row, stored.width, stored.height);
            const from = line * stride + column * size;
            expected.set(bytes.subarray(from, from + size), (row * width + x) * size);
          }
        }
        expect(await rows.read(top, count)).toEqual(expected);
      }
    },
  );
  await fc.assert(property, { numRuns: 300 });
});
