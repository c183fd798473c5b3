import type { PixelImage } from '../image/pixel-image.ts';
import { blurLabels } from './blur-label.ts';
import type { BlurLabel } from './blur-label.ts';
import { classifyBlur } from './classify-blur.ts';
import { measureBlur } from './measure-blur.ts';
import type { BlurMeasures, DetectBlurOptions } from './measure-blur.ts';

/** What `detectBlur` found. */
export interface BlurDetection {
  readonly label: BlurLabel;
  /** Probability of the label, from ⅓ to 1; 0 where the picture has no texture to judge, which is called `sharp`. */
  readonly confidence: number;
  readonly probabilities: Readonly<Record<BlurLabel, number>>;
  /** Width of the blur in pixels as `estimateBlurWidth` has it (√12 times the standard deviation of the PSF); 0 for `sharp`. */
  readonly width: number;
  /** Main direction of the motion, to about 15°: degrees counter-clockwise from the x axis, [0,180). Only with `motion`. */
  readonly angle?: number;
  readonly measures: BlurMeasures;
  /** One sentence that says what the label rests on. */
  readonly explanation: string;
}

/** Share of detail that is left, from a level of `SpectralMeasures`. */
const percent = (level: number): string => `${Math.max(1, Math.round(100 * Math.exp(level / 2)))} %`;

function explain(label: BlurLabel, { blurWidth, spectrum }: BlurMeasures): string {
  const middle = 2;
  const best = percent(spectrum.detail[3]![middle + 3]!);
  if (label === 'sharp') return `Sharp: in the best places fine detail (3/16 to 1/4 cycles per pixel) reaches ${best} of the strength of coarse detail.`;
  const width = `${Math.max(1, Math.round(blurWidth))} pixels`;
  const [most, least] = [percent(spectrum.most[middle]!), percent(spectrum.least[middle]!)];
  if (label === 'motion') {
    return `Motion: fine detail keeps ${least} of its strength in one direction (about ${Math.round(spectrum.angle)}°) and ${most} in another; the blur is about ${width} wide.`;
  }
  return `Defocus: fine detail keeps ${least} to ${most} of its strength in all directions; the blur is about ${width} wide.`;
}

/**
 * Whether a picture is sharp, blurred by motion (also of the camera) or out of focus, how sure that is, and how wide the blur is.
 * A small classifier judges the spectra of up to 64 windows, direction by direction, the blur width and the noise; places with texture
 * count, and a picture with a sharp subject before a soft background is sharp. How it was calibrated and how often it is right is
 * in `docs/decisions/008-blur-detection.md`; `npm run bench -- detection` measures it. Where blur varies, the label is that of most
 * of the picture: `blurMap` shows where it is blurred.
 *
 * @example const { label, width } = await detectBlur(photo);
 * @throws InvalidArgumentError if the image is no valid PixelImage or has a sample that is not finite; AbortedError
 */
export async function detectBlur(image: PixelImage, options: DetectBlurOptions = {}): Promise<BlurDetection> {
  const measures = await measureBlur(image, options);
  if (measures.spectrum.windows === 0) {
    const even = 1 / blurLabels.length;
    return {
      label: 'sharp',
      confidence: 0,
      probabilities: { sharp: even, motion: even, defocus: even },
      width: 0,
      measures,
      explanation: 'Unknown: the picture has no texture by which blur could be told; it is treated as sharp.',
    };
  }
  const probabilities = classifyBlur(measures);
  const label = blurLabels.reduce((best, candidate) => (probabilities[candidate] > probabilities[best] ? candidate : best));
  return {
    label,
    confidence: probabilities[label],
    probabilities,
    width: label === 'sharp' ? 0 : measures.blurWidth,
    ...(label === 'motion' && { angle: measures.spectrum.angle }),
    measures,
    explanation: explain(label, measures),
  };
}
