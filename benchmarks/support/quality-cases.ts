import { blur, cameraShakePsf, convertSamples, crop } from '@deblur/core';
import type { Deblur, PixelImage, Psf } from '@deblur/core';
import { loadKodak } from './kodak.ts';
import { sharedData } from './shared-data.ts';

/** A blurred photograph and what it should be, 8 bits. */
export interface QualityCase {
  readonly set: 'gopro' | 'kodak-shake';
  readonly name: string;
  readonly blurred: PixelImage;
  readonly sharp: PixelImage;
  /** Known where the blur was made. */
  readonly psf?: Psf;
}

const frames = ['frame-1195_n_avg-8', 'frame-614_n_avg-8', 'frame-802_n_avg-10', 'frame-815_n_avg-10'];
const lengths = [8, 14, 20, 28];

function middle(image: PixelImage, width: number, height: number): PixelImage {
  return crop(image, { left: (image.width - width) >> 1, top: (image.height - height) >> 1, width, height });
}

/** The middle 928×480 (8 tiles of 256 at overlap 32) of the four pairs of GOPR0374; the PSF is unknown and differs from place to place. */
export async function goproCases(client: Deblur): Promise<QualityCase[]> {
  return Promise.all(frames.map(async (name): Promise<QualityCase> => {
    const path = sharedData(`pairs/gopro240/GOPR0374_11_00_st_${name}.png`);
    const [blurred, sharp] = await Promise.all([path, path.replace('.png', '_gt.png')].map(async (file) => middle(await client.read(file), 928, 480)));
    return { set: 'gopro', name, blurred: blurred!, sharp: sharp! };
  }));
}

/**
 * The middle 480×480 (4 tiles) of Kodak pictures, whole pictures blurred in linear light by the camera shake that `training.evaluate`
 * uses: picture p has length 8, 14, 20 or 28 in turn and seed p − 1; rounded to 8 bits, no further noise.
 */
export async function kodakCases(pictures: readonly number[]): Promise<QualityCase[]> {
  return Promise.all(pictures.map(async (picture): Promise<QualityCase> => {
    const whole = await loadKodak(picture);
    const psf = cameraShakePsf({ length: lengths[(picture - 1) % lengths.length]!, seed: picture - 1 });
    const blurred = convertSamples(await blur(whole, { psf, boundary: 'reflect' }), 'uint8');
    return { set: 'kodak-shake', name: String(picture), blurred: middle(blurred, 480, 480), sharp: convertSamples(middle(whole, 480, 480), 'uint8'), psf };
  }));
}
