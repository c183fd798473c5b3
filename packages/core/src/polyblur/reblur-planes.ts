import type { FloatPlanes } from '../blur/float-planes.ts';
import type { Pacer } from '../deconvolution/pacer.ts';
import { blendHalos } from './blend-halos.ts';
import type { MildBlur } from './mild-blur.ts';
import { createReblurFilter } from './reblur-filter.ts';
import type { ReblurPolynomial } from './reblur-filter.ts';

/** How one step of Polyblur is applied. */
export interface ReblurOptions extends ReblurPolynomial {
  /** Share of the change that is applied, [0, 1]. Default 1. */
  readonly strength?: number;
}

/** One step of Polyblur: filters with p(k), then removes halos. */
export async function reblurPlanes(picture: FloatPlanes, blur: MildBlur, options: ReblurOptions, pace: Pacer): Promise<FloatPlanes> {
  const { width, height } = picture;
  const filter = await createReblurFilter(picture, blur, options);
  try {
    const planes: Float32Array[] = [];
    for (const plane of picture.planes) {
      await pace();
      planes.push(filter.apply(plane));
    }
    await pace();
    blendHalos(picture, planes, options.strength ?? 1);
    return { width, height, planes };
  } finally {
    filter.dispose();
  }
}
