import { blur, crop, psnr, toLinear, toSrgb } from '@deblur/core';
import type { PixelImage, Psf } from '@deblur/core';
import { loadKodak } from './kodak.ts';
import { loadLevinCases } from './levin.ts';

/** A blurred photograph with all that is known of it. */
export interface KnownPsfCase {
  /** 8 bits, sRGB. */
  readonly blurred: PixelImage;
  /** What an unblurred, clipped exposure would show: 8 bits, sRGB, the same area. */
  readonly sharp: PixelImage;
  readonly psf: Psf;
}

/** How photographs are degraded, all in linear light. */
export interface KnownPsfCaseOptions {
  /** Kodak pictures, 1–24; picture p meets kernel 1 + (p − 1) mod 8 of Levin et al. 2009. */
  readonly pictures: readonly number[];
  /** Standard deviation of Gaussian noise in linear light; full scale is 1. */
  readonly noise: number;
  /** Factor on linear light before the blur. Default 1. */
  readonly exposure?: number;
}

/** Blurs 288² crops of Kodak pictures in linear light, keeps what needs no boundary, adds noise, clips and stores 8 bits. */
export async function makeKnownPsfCases({ pictures, noise, exposure = 1 }: KnownPsfCaseOptions): Promise<KnownPsfCase[]> {
  const kernels = (await loadLevinCases()).slice(0, 8).map(({ psf }) => psf);
  const cases: KnownPsfCase[] = [];
  for (const picture of pictures) {
    const psf = kernels[(picture - 1) % 8]!;
    const light = toLinear(await loadKodak(picture, { left: 100, top: 100, width: 288, height: 288 }));
    const bright: PixelImage = { ...light, data: Float32Array.from(light.data, (value) => value * exposure) };
    const blurred = await blur(bright, { psf, noise, seed: picture, boundary: 'valid' });
    const { width, height } = blurred;
    const inside = { left: psf.width - 1 - psf.centre.x, top: psf.height - 1 - psf.centre.y, width, height };
    cases.push({ blurred: toSrgb(blurred, 'uint8'), sharp: toSrgb(crop(bright, inside), 'uint8'), psf });
  }
  return cases;
}

/** PSNR of sRGB values, 20 pixels along each edge left out. */
export function innerPsnr(image: PixelImage, sharp: PixelImage): number {
  const area = { left: 20, top: 20, width: image.width - 40, height: image.height - 40 };
  return psnr(crop(image, area), crop(sharp, area));
}
