import { estimateBlurWidth } from '../blur/estimate-blur-width.ts';
import { noiseVariance } from '../blur/structure-function.ts';
import { createPacer } from '../deconvolution/pacer.ts';
import { createImage } from '../image/create-image.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { blurEffect } from './blur-effect.ts';
import { countPower } from './high-frequency-ratio.ts';
import { laplacianVariance } from './laplacian-variance.ts';
import { bandCount, createPolarBins, sectorCount } from './polar-bins.ts';
import { measureSpectra } from './spectral-measures.ts';
import type { SpectralMeasures } from './spectral-measures.ts';
import { tenengrad } from './tenengrad.ts';
import { visitWindowSpectra } from './window-spectra.ts';
import { workingPlane } from './working-plane.ts';

/** Options of `measureBlur`, `detectBlur` and `blurMap`. */
export interface DetectBlurOptions {
  readonly signal?: AbortSignal;
}

/** What was measured of a picture's blur. All but `blurWidth` refer to the picture reduced by `reduction`. */
export interface BlurMeasures {
  /** Pixels of the picture per pixel looked at, along each axis: 1 below 3000 pixels on the long side, 2 for 12 megapixels. */
  readonly reduction: number;
  /** `estimateBlurWidth`, in pixels of the picture itself. */
  readonly blurWidth: number;
  /** Standard deviation of the noise in flat places, full scale being 1. */
  readonly noise: number;
  readonly laplacianVariance: number;
  readonly tenengrad: number;
  readonly highFrequencyRatio: number;
  readonly blurEffect: number;
  readonly spectrum: SpectralMeasures;
}

/**
 * Everything `detectBlur` judges a picture by, and the usual measures of sharpness beside it. Long sides of 3000 pixels and more are
 * reduced by a whole factor first. Stops at the next window on abort.
 *
 * @throws InvalidArgumentError if the image is no valid PixelImage or has a sample that is not finite; AbortedError
 */
export async function measureBlur(image: PixelImage, options: DetectBlurOptions = {}): Promise<BlurMeasures> {
  const pace = createPacer(options.signal);
  const plane = await workingPlane(image, pace);
  const { width, height, values, reduction } = plane;
  const grey = createImage({ width, height, channels: 1, data: values });
  const bins = createPolarBins();
  const windows: Float64Array[] = [];
  const power = countPower(0.25);
  await visitWindowSpectra(plane, pace, (spectrum) => {
    const powers = new Float64Array(bandCount * sectorCount);
    bins.whitened(spectrum, powers);
    windows.push(powers);
    power.add(spectrum);
  });
  const paced = async (measure: () => number): Promise<number> => {
    await pace();
    return measure();
  };
  return {
    reduction,
    blurWidth: reduction * (await paced(() => estimateBlurWidth(grey))),
    noise: Math.sqrt(await paced(() => noiseVariance(plane))),
    laplacianVariance: await paced(() => laplacianVariance(grey)),
    tenengrad: await paced(() => tenengrad(grey)),
    highFrequencyRatio: power.share(),
    blurEffect: await paced(() => blurEffect(grey)),
    spectrum: measureSpectra(windows),
  };
}
