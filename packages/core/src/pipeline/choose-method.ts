import { detectBlur } from '../detection/index.ts';
import type { BlurDetection } from '../detection/index.ts';
import { estimateParametricPsf } from '../estimation/parametric/index.ts';
import type { ParametricEstimate } from '../estimation/parametric/index.ts';
import type { Psf } from '../blur/psf.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { agreementAcross } from './agreement-across.ts';
import { scaleForWidth } from './choose-scale.ts';
import { estimateBlur } from './estimate-blur.ts';
import type { Abilities } from './plan-restoration.ts';
import type { AppliedDeconvolution, MethodChoice, RunOptions, WorkingScale } from './run-options.ts';

/** What `auto` came to. */
export interface ChosenMethod {
  readonly method: 'none' | 'polyblur' | 'network' | 'deconvolution';
  readonly scale: WorkingScale;
  /** With `deconvolution`: the PSF, and the estimate that gave it. */
  readonly psf?: Psf;
  readonly estimates?: Pick<AppliedDeconvolution, 'parametricEstimate' | 'blindEstimate'>;
  readonly choice: MethodChoice;
}

/** Blur of out-of-focus pictures up to this many pixels is mild: what Polyblur was made for. */
const mildWidth = 5;
/** Confidence from which a picture counts as sharp; from where an estimated PSF is trusted more than a network: confidences, and `agreementAcross`. */
const trusted = { sharp: 0.8, parametric: 0.9, blind: 0.5, agreement: 0.8 };

/**
 * Chooses a method by measuring the picture: nothing for a sharp one, Polyblur for slight defocus, deconvolution where a formula
 * describes the blur for certain or one blindly estimated PSF holds all over the picture, else a network at the working scale that the
 * width asks for, if there is one.
 */
export async function chooseMethod(sample: PixelImage, options: RunOptions, { network }: Abilities): Promise<ChosenMethod> {
  const { space, noise, signal, onProgress } = options;
  const detection = await detectBlur(sample, { ...(signal && { signal }) });
  const reasons = [detection.explanation];
  const chosen = (method: ChosenMethod['method'], why: string, more: Partial<ChosenMethod> = {}): ChosenMethod => {
    reasons.push(why);
    return { method, scale: 1, ...more, choice: { reasons, detection } };
  };
  const width = detection.measures.blurWidth;
  if (detection.label === 'sharp') {
    const unsure = detection.confidence > 0 && detection.confidence < trusted.sharp;
    if (!unsure || !network) return chosen('none', 'There is nothing that is sure to be blur; the picture is left as it is.');
    return chosen('network', `That is not sure (confidence ${detection.confidence.toFixed(2)}), so a network looks at it; it changes sharp places little.`);
  }
  if (isMild(detection)) return chosen('polyblur', `The blur is mild (${width.toFixed(1)} pixels wide): Polyblur.`);

  const parametric = await estimateParametricPsf(sample, {
    ...(space && { space }), ...(noise && { noise }), ...(signal && { signal }), ...(onProgress && { onProgress }),
  });
  if (parametric.kernel && parametric.confidence >= trusted.parametric) {
    return chosen('deconvolution', `The blur is that of ${describe(parametric)} (confidence ${parametric.confidence.toFixed(2)}): deconvolution.`, { psf: parametric.kernel, estimates: { parametricEstimate: parametric } });
  }
  reasons.push(parametric.refused ?? `No simple PSF explains the blur well enough (confidence ${parametric.confidence.toFixed(2)}).`);

  if (detection.label === 'motion') {
    const blind = await estimateBlur(sample, options);
    const agreement = blind.confidence >= trusted.blind ? await agreementAcross(sample, blind, options) : 0;
    if (blind.psf && agreement >= trusted.agreement) {
      return chosen('deconvolution', `Both halves of the picture tell the same PSF (similarity ${agreement.toFixed(2)}): deconvolution.`, { psf: blind.psf, estimates: { blindEstimate: blind } });
    }
    reasons.push(blind.refused ?? `The blur differs from place to place, or is not told reliably (similarity ${agreement.toFixed(2)}): no single PSF undoes it.`);
  }
  if (network) {
    const scale = options.scale === undefined || options.scale === 'auto' ? scaleForWidth(width) : options.scale;
    return chosen('network', `A network takes blur of any shape: ${scale === 1 ? 'at full size' : `at working scale ${Number(scale.toFixed(2))}, which brings ${width.toFixed(0)} pixels within its reach`}.`, { scale });
  }
  return chosen('none', 'Nothing is sure to improve the picture; it is left as it is. Install a backend and a model, or choose a method.');
}

function isMild({ label, width }: BlurDetection): boolean {
  return label === 'defocus' && width <= mildWidth;
}

function describe({ psf }: ParametricEstimate): string {
  if (psf?.kind === 'motion') return `motion over ${psf.length.toFixed(1)} pixels at ${psf.angle.toFixed(0)}°`;
  if (psf?.kind === 'disk') return `a lens out of focus, radius ${psf.radius.toFixed(1)} pixels`;
  return psf ? `a Gaussian, σ ${psf.sigma.toFixed(1)} pixels` : 'no known kind';
}
