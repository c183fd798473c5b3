import type { MildBlur } from '../polyblur/index.ts';
import type { Transfer } from '../image/pixel-image.ts';
import type { Warning } from '../runtime/warning.ts';
import type { AppliedMethod } from './restoration-method.ts';
import type { AppliedDeconvolution, MethodChoice, WorkingScale } from './run-options.ts';

/** What is done to the rows of a picture. */
export type RestorationStep =
  | { readonly kind: 'network' }
  | { readonly kind: 'deconvolution'; readonly deconvolution: AppliedDeconvolution }
  | { readonly kind: 'polyblur'; readonly blurs: readonly MildBlur[]; readonly noise: number; readonly space: Transfer }
  | { readonly kind: 'none' };

/** How a picture will be restored, settled before its rows are read for good. */
export interface RestorationPlan {
  readonly method: AppliedMethod;
  readonly scale: WorkingScale;
  readonly step: RestorationStep;
  /** Why, if the method was `auto`. */
  readonly choice?: MethodChoice;
  readonly warnings: readonly Warning[];
}
