import { createImage, psfFromArray } from '@deblur/core';
import type { PixelImage, Psf } from '@deblur/core';
import { readNpy } from './read-npy.ts';
import { sharedData } from './shared-data.ts';

/** One of the 32 pictures of Levin, Weiss, Durand and Freeman 2009. */
export interface LevinCase {
  readonly name: string;
  readonly blurred: PixelImage;
  readonly sharp: PixelImage;
  /** The measured PSF; the set stores it rotated by 180°. */
  readonly psf: Psf;
}

/** Loads picture 1–4 with kernel 1–8. Values are taken as encoded, since nothing is known of the camera's curve. */
async function loadLevinCase(picture: number, kernel: number): Promise<LevinCase> {
  const name = `im${picture}_k${kernel}`;
  const [blurred, sharp, psf] = await Promise.all(
    ['blurred', 'sharp', 'psf'].map((part) => readNpy(sharedData(`levin2009/${name}_${part}.npy`))),
  );
  const image = ({ width, height, data }: NonNullable<typeof blurred>): PixelImage => createImage({ width, height, channels: 1, data });
  return { name, blurred: image(blurred!), sharp: image(sharp!), psf: psfFromArray(psf!.data.slice().reverse(), psf!) };
}

/** All 32, picture by picture. */
export function loadLevinCases(): Promise<LevinCase[]> {
  return Promise.all(Array.from({ length: 32 }, (_, i) => loadLevinCase(1 + Math.floor(i / 8), 1 + (i % 8))));
}
