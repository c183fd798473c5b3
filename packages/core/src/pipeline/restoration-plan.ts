import type { Psf } from '../blur/psf.ts';
import type { DeconvolutionMethod, DeconvolutionParameters } from '../deconvolution/index.ts';
import type { Transfer } from '../image/pixel-image.ts';
import type { WorkingScale } from './run-options.ts';

/** A known blur and how it is undone. */
export interface PlannedDeconvolution {
  readonly kind: 'deconvolution';
  readonly method: DeconvolutionMethod;
  /** In pixels of the picture at full size. */
  readonly psf: Psf;
  /** Standard deviation of the noise in `space`, as a share of full scale. */
  readonly noise: number;
  readonly space: Transfer;
  readonly parameters: DeconvolutionParameters;
}

/** How a picture will be restored, settled before its rows are read for good. */
export interface RestorationPlan {
  readonly scale: WorkingScale;
  readonly step: { readonly kind: 'network' } | PlannedDeconvolution;
}
