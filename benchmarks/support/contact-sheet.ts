import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeComparison } from '@deblur/cli';
import type { LabelledImage } from '@deblur/cli';
import { concatenateRows } from '@deblur/core';
import type { Deblur, PixelImage } from '@deblur/core';

/** Puts rows of labelled pictures under each other, 8-bit sRGB; shorter rows are filled up with dark grey. */
export function contactSheet(rows: readonly (readonly LabelledImage[])[]): PixelImage {
  const bands = rows.map(composeComparison);
  const width = bands.reduce((most, band) => Math.max(most, band.width), 0);
  return concatenateRows(bands.map((band) => {
    const data = new Uint8Array(width * band.height * 3).fill(24);
    for (let y = 0; y < band.height; y++) data.set((band.data as Uint8Array).subarray(y * band.width * 3, (y + 1) * band.width * 3), y * width * 3);
    return { ...band, width, data };
  }));
}

/** Writes a sheet into `docs/images/`. */
export async function writeSheet(client: Deblur, sheet: PixelImage, name: string): Promise<void> {
  const path = fileURLToPath(new URL(`../../docs/images/${name}`, import.meta.url));
  await mkdir(dirname(path), { recursive: true });
  await client.write(sheet, path, { overwrite: true, quality: 88 });
  console.log(`docs/images/${name}: ${sheet.width}×${sheet.height}`);
}
